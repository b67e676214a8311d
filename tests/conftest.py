"""Two schools always: `north` and `south`, alike to the letter, so that a leak from one shows in the other."""

import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import stack

PASSWORD = "correct-horse"
PREFIX = "/api/v1"


def pytest_configure(config: pytest.Config) -> None:
    """The controller starts the servers and fills the template; each worker process takes a copy of it."""
    worker = getattr(config, "workerinput", None)
    if worker is None:
        config.stash[_services] = stack.start_services()
        stack.fill_template()
    if worker is not None or not getattr(config.option, "numprocesses", None):
        number = int(worker["workerid"].removeprefix("gw")) + 1 if worker else 0
        stack.copy_database(f"lernejo_test_{number}", template=stack.TEMPLATE)
        os.environ.update(stack.environment(f"lernejo_test_{number}", number))


_services = pytest.StashKey[stack.Services]()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started."""
    if services := config.stash.get(_services, None):
        services.stop()


@pytest.fixture(scope="session")
def app() -> Flask:
    """The application on this worker's database."""
    from wsgi import create_app

    app = create_app()
    app.config["TESTING"] = False  # failures must take the same way as in production
    return app


@dataclass
class Api:
    """A person's way to the API: bearer token and school, with the JSON prefix in front."""

    client: FlaskClient
    school: str
    token: str | None = None
    user: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = {"X-School": self.school} | self.headers | options.pop("headers", {})
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        return self.client.open(PREFIX + path, method=method, headers=headers, **options)

    def get(self, path: str, **options: Any) -> TestResponse:
        return self("GET", path, **options)

    def post(self, path: str, **options: Any) -> TestResponse:
        return self("POST", path, **options)

    def patch(self, path: str, **options: Any) -> TestResponse:
        return self("PATCH", path, **options)


@dataclass
class School:
    """A school of the template with its people."""

    slug: str
    app: Flask

    @property
    def anonymous(self) -> Api:
        """Nobody."""
        return Api(self.app.test_client(), self.slug)

    @property
    def class_code(self) -> str:
        """The code of the one class."""
        return {"north": "NRTHCD", "south": "STHCDE"}[self.slug]

    def sign_in(self, user_name: str) -> Api:
        """A person of the template: `student`, `teacher`, `admin`, `guardian`; or `other-teacher`, of another class."""
        api = self.anonymous
        response = api.post("/auth/login", json={"user_name": user_name, "password": PASSWORD})
        assert response.status_code == 200, response.text
        api.token, api.user = response.json["access_token"], response.json["user"]
        return api

    def new_student(self, display_name: str = "Nila Test") -> Api:
        """A student of one's own, so that tests do not meet."""
        api = self.anonymous
        body = {
            "class_code": self.class_code,
            "user_name": f"s-{uuid.uuid4().hex[:16]}",
            "display_name": display_name,
            "password": PASSWORD,
        }
        response = api.post("/auth/register", json=body)
        assert response.status_code == 201, response.text
        api.token, api.user = response.json["access_token"], response.json["user"]
        return api


@pytest.fixture
def north(app: Flask) -> School:
    """The school that a test is about."""
    return School("north", app)


@pytest.fixture
def south(app: Flask) -> School:
    """Its lookalike."""
    return School("south", app)


@pytest.fixture
def deliver_events(app: Flask) -> Callable[[], int]:
    """Deliver everything that waits in the outbox, as the worker would; the number of events that were delivered."""
    from datetime import timedelta

    from core import clock
    from tasks import delivery

    def deliver() -> int:
        waiting = delivery.list_waiting(now=clock.now(), grace=timedelta(0))
        return sum(delivery.deliver_event(event_id=event.id, tenant_id=event.tenant_id) for event in waiting)

    return deliver


@pytest.fixture
def in_school(app: Flask) -> Callable[[str], Any]:
    """Enter a school outside of a request, to look at its rows: `with in_school("north"): ...`."""
    from core.tenancy import tenant_scope
    from tenants.directory import Directory

    def enter(slug: str) -> Any:
        return tenant_scope(Directory().by_slug(slug))

    return enter
