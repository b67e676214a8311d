"""Fixtures: an outbox with nothing in it, an event to try it with, and a handler that can fail."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.engine import Engine

from core.db import db
from core.events import Event, commit, publish
from tasks import delivery
from tasks.delivery import Delivery
from tasks.queue import huey
from tests.counting import owner_engine


@dataclass(frozen=True, slots=True)
class Tried(Event):
    """An event of these tests."""

    kind: ClassVar[str] = "tried"
    what: str


class Handler:
    """A handler that notes what it got, and fails when told to."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.failing: set[str] = set()

    def __call__(self, delivery: Delivery) -> None:
        what = delivery.payload["what"]
        delivery.session.execute(
            text("INSERT INTO streak_day SELECT id, :day FROM \"user\" WHERE user_name = 'student'"),
            {"day": "2001-01-01"},
        )
        if what in self.failing:
            raise ZeroDivisionError("a handler failed")
        self.got.append(what)


@pytest.fixture
def handler() -> Iterator[Handler]:
    handler = Handler()
    delivery.on(Tried)(handler)
    yield handler
    del delivery._handlers["tried"]


@pytest.fixture(scope="module")
def owner() -> Iterator[Engine]:
    engine = owner_engine()
    yield engine
    engine.dispose()


@pytest.fixture
def nothing_waits(app: Flask, owner: Engine) -> Iterator[None]:
    """Other tests' events are none of these tests' business."""
    empty = text("DELETE FROM public.outbox")
    with owner.begin() as connection:
        connection.execute(empty)
    huey.flush()
    yield
    with owner.begin() as connection:
        connection.execute(empty)
        for schema in connection.scalars(text("SELECT 't_' || replace(id::text, '-', '') FROM public.tenant")):
            connection.execute(text(f"DELETE FROM {schema}.streak_day WHERE on_date = '2001-01-01'"))


@pytest.fixture
def outbox(owner: Engine) -> Callable[..., list[Any]]:
    def rows(columns: str = "kind, attempts, done_at IS NOT NULL AS is_done, failure") -> list[Any]:
        with owner.connect() as connection:
            return list(connection.execute(text(f"SELECT {columns} FROM public.outbox ORDER BY id")))

    return rows


@pytest.fixture
def tell(in_school: Callable[[str], Any]) -> Callable[..., None]:
    """Publish an event from a school, as a service and its edge do."""

    def publish_one(what: str, slug: str = "north") -> None:
        with in_school(slug):
            publish(Tried(what=what))
            commit(db.session())

    return publish_one
