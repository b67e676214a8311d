"""The dashboard as its page uses it: Dash's own requests, sent by people of a school."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from core import clock
from core.auth import Role
from core.db import db
from core.events import commit
from tenants import service
from tenants.models import Classroom
from tests.analytics.classes import make_person
from tests.conftest import PASSWORD, School


@dataclass
class Page:
    """The dashboard in one person's browser."""

    client: FlaskClient
    headers: dict[str, str]

    def get(self, path: str = "", **headers: str) -> TestResponse:
        """A page or file under /dashboard/."""
        return self.client.get(f"/dashboard/{path}", headers=self.headers | headers)

    def call(self, output: str, inputs: dict[str, Any], state: dict[str, Any], *, changed: str) -> TestResponse:
        """A callback, as Dash's renderer sends it; `inputs` and `state` by `id.property`."""
        names = [name.split(".") for name in output.strip(".").split("...")]
        outputs: Any = [{"id": id_, "property": property_} for id_, property_ in names]
        body = {
            "output": output,
            "outputs": outputs if output.startswith("..") else outputs[0],
            "inputs": _places(inputs),
            "state": _places(state),
            "changedPropIds": [changed],
        }
        return self.client.post("/dashboard/_dash-update-component", json=body, headers=self.headers)

    def open(self, search: str = "") -> TestResponse:
        """The page around the figures."""
        return self.call(
            "page.children", {"address.pathname": "/dashboard/"}, {"address.search": search}, changed="address.pathname"
        )

    def show(self, classroom_id: Any, day: Any = None) -> TestResponse:
        """The figures of a class."""
        return self.call(
            "..figures.children...class-name.children...day-name.children...day-after.disabled...day-today.disabled..",
            {
                "classroom.value": str(classroom_id) if isinstance(classroom_id, UUID) else classroom_id,
                "day.data": day,
                "tick.n_intervals": None,
            },
            {},
            changed="classroom.value",
        )

    def move(self, button: str, shown: Any, *, clicks: int | None = 1) -> TestResponse:
        """A press on a button of the day bar."""
        inputs = {f"{name}.n_clicks": None for name in ("day-before", "day-today", "day-after")}
        return self.call(
            "day.data", inputs | {f"{button}.n_clicks": clicks}, {"day.data": shown}, changed=f"{button}.n_clicks"
        )


def _places(values: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"id": name.split(".")[0], "property": name.split(".")[1], "value": value} for name, value in values.items()
    ]


@pytest.fixture
def page_of(app: Flask) -> Callable[[School, str | None], Page]:
    """The dashboard of a person by user name; of nobody when there is none."""

    def open_for(school: School, user_name: str | None) -> Page:
        headers = {"X-School": school.slug}
        if user_name:
            headers["Authorization"] = f"Bearer {school.sign_in(user_name).token}"
        return Page(app.test_client(), headers)

    return open_for


@pytest.fixture
def classroom_of(in_school: Callable[[str], Any]) -> Callable[[School, str], UUID]:
    """The id of a class by name."""

    def find(school: School, name: str) -> UUID:
        with in_school(school.slug):
            return db.session.scalars(select(Classroom.id).where(Classroom.name == name)).one()

    return find


@pytest.fixture
def new_teacher(in_school: Callable[[str], Any]) -> Callable[..., str]:
    """The user name of a teacher of one's own, with classes of the given names."""

    def make(school: School, *class_names: str, locale: str = "en") -> str:
        with in_school(school.slug):
            teacher = make_person(Role.TEACHER, "Tessa Own", locale=locale, password=PASSWORD)
            db.session.flush()  # the classes need their teacher's row
            for name in class_names:
                service.create_classroom(name=name, teacher_id=teacher.id, now=clock.now())
            user_name = teacher.user_name
            commit(db.session())
        return user_name

    return make
