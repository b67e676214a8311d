"""What other tools check, run here so that `pytest` alone tells: imports, the API's description, ruff's rules."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from flask import Flask
from flask.views import MethodView

from core.auth import Permission
from core.config import ROOT
from core.http import Blueprint, UndeclaredRoute

METHODS = ("get", "post", "put", "patch", "delete")


def test_imports_point_downwards() -> None:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    linted = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout


def description(app: Flask) -> dict[str, Any]:
    return app.test_client().get("/api/v1/openapi.json").json


def test_the_committed_description_is_the_generated_one(app: Flask) -> None:
    committed = json.loads((ROOT / "openapi.json").read_text())
    assert committed == description(app), "run: make openapi"


def test_every_operation_documents_its_failures(app: Flask) -> None:
    documented = description(app)
    error = {"$ref": "#/components/schemas/Error"}
    for path, operations in documented["paths"].items():
        for method, operation in operations.items():
            if method not in METHODS:
                continue
            place = f"{method.upper()} {path}"
            assert operation.get("summary"), place
            statuses = set(operation["responses"])
            assert any(status.startswith("2") for status in statuses), place
            if operation.get("security"):
                assert {"401", "403"} <= statuses, place
            if "requestBody" in operation:
                assert "422" in statuses, place
            for status, response in operation["responses"].items():
                schema = response.get("content", {}).get("application/json", {}).get("schema")
                if status.startswith("4") and schema:
                    assert schema == error, (place, status)


def test_the_description_is_openapi(app: Flask) -> None:
    documented = description(app)
    assert documented["openapi"].startswith("3.1")
    for name, schema in documented["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema.get("type") == "object", name


def test_every_route_names_its_permission_or_why_it_is_public(app: Flask) -> None:
    looked_at = 0
    for endpoint, view in app.view_functions.items():
        view_class = getattr(view, "view_class", None)
        if view_class is None or not issubclass(view_class, MethodView):
            continue
        for method in METHODS:
            if handler := getattr(view_class, method, None):
                access = handler.access
                is_public = isinstance(access, str) and access.startswith("public: ") and len(access) > 12
                assert isinstance(access, Permission) or is_public, (endpoint, method)
                looked_at += 1
    assert looked_at >= 20


def test_start_up_refuses_a_route_that_names_nothing() -> None:
    blp = Blueprint("throwaway", __name__)

    class Silent(MethodView):
        @blp.response(204)
        def get(self) -> None:
            """Says nothing about who may call it."""

    with pytest.raises(UndeclaredRoute, match="GET /silent names no permission"):
        blp.route("/silent")(Silent)
    with pytest.raises(TypeError, match="MethodView"):
        blp.route("/function")(lambda: None)


def test_start_up_takes_a_route_that_says_it() -> None:
    blp = Blueprint("throwaway", __name__)

    @blp.route("/said")
    class Said(MethodView):
        @blp.permission(Permission.ACCOUNT_MANAGE)
        @blp.response(204)
        def get(self) -> None:
            """Asks for a permission."""

    assert Said.get.access is Permission.ACCOUNT_MANAGE  # type: ignore[attr-defined]


def test_ruff_looks_for_built_statements_and_naive_times() -> None:
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]
    selected = set(ruff["select"])
    assert {"S", "DTZ"} <= selected
    ignored = set(ruff["ignore"]) | {rule for rules in ruff["per-file-ignores"].values() for rule in rules}
    assert not {rule for rule in ignored if rule.startswith(("S608", "DTZ"))}
    outside_tests = [name for name, rules in ruff["per-file-ignores"].items() if "S" in rules]
    assert outside_tests == ["tests/**"]
