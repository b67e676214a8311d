"""Dockerfile, .dockerignore and compose.yaml, as far as they can be held to the code without a container engine."""

import re
import tomllib
from typing import Any

import pytest

from core.config import ROOT, read_settings
from tests.deploy.compose import (
    SECRETS,
    Missing,
    copied_sources,
    environment_of,
    exec_form,
    read_compose,
    read_dockerfile,
)

PRODUCT = ("web", "worker", "migrate", "bucket")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = read_compose(SECRETS)["services"]
    return found


class Recorded(dict[str, str]):
    """An environment that notes which variables were asked for."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__(values)
        self.read: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.read.add(key)
        return super().get(key, default)


def test_the_services_are_there(services: dict[str, Any]) -> None:
    assert set(services) == {*PRODUCT, "postgres", "redis", "storage"}


@pytest.mark.parametrize("name", SECRETS)
def test_a_missing_secret_is_named_with_where_to_look(name: str) -> None:
    with pytest.raises(Missing, match=rf"{name}: .*docs/runbooks/container\.md"):
        read_compose(SECRETS | {name: ""})
    assert name in (ROOT / "docs/runbooks/container.md").read_text()


@pytest.mark.parametrize("service", PRODUCT)
def test_the_settings_are_ones_the_product_reads_and_starts_with(services: dict[str, Any], service: str) -> None:
    environment = Recorded(environment_of(services[service]))
    settings = read_settings(environment)
    assert set(environment) <= environment.read
    assert (settings.database_url is not None) == (service == "migrate"), "the owner's login is for migrations alone"
    assert settings.storage_public_url is None, "without a public address files must come through the application"


@pytest.mark.parametrize("service", PRODUCT)
def test_everybody_uses_the_weak_login_that_migrate_makes(services: dict[str, Any], service: str) -> None:
    urls = {environment_of(services[name])["DATABASE_APP_URL"] for name in ("migrate", service)}
    assert len(urls) == 1
    assert (
        read_settings(environment_of(services[service])).database_app_url
        != read_settings(environment_of(services["migrate"])).database_url
    )


@pytest.mark.parametrize("service", ["web", "worker"])
def test_web_and_worker_wait_for_database_and_bucket(services: dict[str, Any], service: str) -> None:
    waits = {name: wait["condition"] for name, wait in services[service]["depends_on"].items()}
    assert waits["migrate"] == waits["bucket"] == "service_completed_successfully"
    assert services["migrate"]["depends_on"]["postgres"]["condition"] == "service_healthy"
    assert services["bucket"]["depends_on"]["storage"]["condition"] == "service_healthy"


def test_only_web_is_reachable_from_outside(services: dict[str, Any]) -> None:
    assert [name for name, service in services.items() if service.get("ports")] == ["web"]
    assert services["web"]["ports"] == ["127.0.0.1:8000:8000"]
    assert [name for name, service in services.items() if service["networks"] != ["inside"]] == ["web"]
    assert read_compose(SECRETS)["networks"]["inside"]["internal"] is True


def test_every_service_is_hardened_and_bounded(services: dict[str, Any]) -> None:
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["mem_limit"], name
        assert service["pids_limit"], name


def test_every_image_is_pinned_by_tag(services: dict[str, Any]) -> None:
    instructions = read_dockerfile()
    bases = dict(argument.split("=", 1) for name, argument in instructions if name == "ARG")
    stages = {argument.split(" AS ")[1] for name, argument in instructions if name == "FROM" and " AS " in argument}
    for source in (argument.split(" AS ")[0] for name, argument in instructions if name == "FROM"):
        assert source in stages or source.strip("${}") in bases, f"{source} is no build argument"
    for image in [*bases.values(), *(service["image"] for service in services.values())]:
        assert re.fullmatch(r"[a-z0-9./-]+:v?\d+[\w.-]*", image), f"{image} is not pinned"
    assert {services[name]["image"] for name in PRODUCT} == {f"lernejo:{PROJECT['project']['version']}"}


def test_the_image_runs_as_a_fixed_user_and_without_a_shell() -> None:
    (user,) = (argument for name, argument in read_dockerfile() if name == "USER")
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    assert exec_form("CMD")[0] == "granian"
    assert exec_form("HEALTHCHECK")[0] == "python"


def test_everything_that_is_copied_is_there_and_let_through() -> None:
    lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    assert lines[0] == "*", "everything stays out but what is named"
    let_through = {line[1:] for line in lines if line.startswith("!")}
    copied = {source.relative_to(ROOT) for source in copied_sources()}
    for source in copied:
        assert (ROOT / source).exists(), f"{source} is copied but is not there"
        assert {str(source), *(str(parent) for parent in source.parents)} & let_through, f"{source} is kept out"
    for name in let_through:
        assert any(source.is_relative_to(name) for source in copied), f"{name} is let through but never copied"


def test_every_package_of_the_product_is_in_the_image() -> None:
    copied = {str(source.relative_to(ROOT)) for source in copied_sources()}
    assert {*PROJECT["tool"]["importlinter"]["root_packages"], "migrations", "deploy", "wsgi.py"} <= copied


def test_the_image_is_built_from_the_locks() -> None:
    runs = [argument for name, argument in read_dockerfile() if name == "RUN"]
    assert any("npm ci" in run for run in runs)
    assert any("--require-hashes" in run and "product.lock" in run for run in runs)
