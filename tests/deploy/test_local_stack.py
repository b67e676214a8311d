"""`make run` says in one line what is in the way, and completes a first start that was broken off."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.config import ROOT, read_settings
from core.db import db
from core.tenancy import tenant_scope
from curriculum.models import Course
from deploy import demo
from tenants.cli import make_school
from tenants.directory import Directory
from tenants.models import User


def start(tmp_path: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"VAR_DIR": str(tmp_path / "var")} | settings
    command = [sys.executable, "-m", "deploy.run"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("port", ["abc", "0", "99999", "-1"])
def test_a_port_that_is_none(tmp_path: Path, port: str) -> None:
    result = start(tmp_path, PORT=port)
    assert result.returncode == 1
    assert f"Cannot start: PORT={port} is no port" in result.stdout
    assert result.stderr == ""


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = start(tmp_path, PORT=str(port))
    assert (result.returncode, result.stderr) == (1, "")
    assert f"Port {port} is in use" in result.stdout


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("not a folder")
    result = start(tmp_path)
    assert (result.returncode, result.stderr) == (1, "")
    assert "it is a file" in result.stdout


def test_settings_at_fault_are_named(tmp_path: Path) -> None:
    result = start(tmp_path, SECRET_KEY="short", REDIS_URL="nonsense", PORT="8999")
    assert (result.returncode, result.stderr) == (1, "")
    assert "SECRET_KEY must have" in result.stdout
    assert "REDIS_URL must look like" in result.stdout


def test_a_demo_that_was_broken_off_is_completed_once(app: Flask) -> None:
    settings = read_settings()
    planned = demo.plan(settings)
    make_school(settings, slug=planned["slug"], name="Half Made", time_zone="UTC", locale="en")
    made = demo.create(settings, planned)
    assert demo.create(settings, planned) == made
    with tenant_scope(Directory().by_slug(made["school"])):
        assert db.session.scalar(select(func.count()).select_from(Course)) == 1
        assert db.session.scalar(select(func.count()).select_from(User)) == len(made["people"])
    client = app.test_client()
    for person in made["people"]:
        body = {"user_name": person["user_name"], "password": person["password"]}
        answer = client.post("/api/v1/auth/login", json=body, headers={"X-School": made["school"]})
        assert answer.json["user"]["roles"] == [person["role"]]
