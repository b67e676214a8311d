"""The bell: huey rings for what is committed, the sweeper for what was missed, and without Redis nothing is lost."""

import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from redis import ConnectionPool
from sqlalchemy import text
from sqlalchemy.engine import Engine

from core import redis
from core.config import read_settings
from tasks import delivery
from tasks.queue import huey
from tests.conftest import School
from tests.tasks.outbox import Handler
from tests.walking import Walk

pytest_plugins = ["tests.tasks.outbox"]
pytestmark = pytest.mark.usefixtures("nothing_waits")


def test_a_committed_answer_rings_and_the_job_delivers(north: School, outbox: Callable[..., list[Any]]) -> None:
    walk = Walk(north.new_student())
    walk.open(0).finish()
    assert len(huey) == 1
    huey.execute(huey.dequeue())
    assert outbox()[0].is_done
    assert walk.progress()["streak"]["length"] == 1


def test_a_lost_bell_is_rung_again_by_the_sweeper(
    handler: Handler, tell: Callable[..., None], outbox: Callable[..., list[Any]], owner: Engine
) -> None:
    tell("lost")
    huey.flush()
    delivery.sweep.call_local()
    assert len(huey) == 0, "the bell of a fresh event may still be on its way"
    with owner.begin() as connection:
        connection.execute(text("UPDATE public.outbox SET available_at = available_at - interval '1 min'"))
    delivery.sweep.call_local()
    assert len(huey) == 1
    huey.execute(huey.dequeue())
    assert handler.got == ["lost"]


def test_the_sweepers_lock_ends_by_itself(owner: Engine) -> None:
    """It lies in Redis, and a worker that is killed while it sweeps never takes it back."""
    sweeper = threading.Thread(target=delivery.sweep.call_local)
    with owner.begin() as connection:
        connection.execute(text("LOCK TABLE public.outbox"))  # the sweep waits here, holding its lock
        sweeper.start()
        deadline = time.monotonic() + 10
        while not (keys := huey.storage.conn.keys("*lock.sweep*")) and time.monotonic() < deadline:
            pass
        seconds = [huey.storage.conn.ttl(key) for key in keys]
    sweeper.join()
    assert len(seconds) == 1
    assert 0 < seconds[0] <= delivery.SWEEP_SECONDS


@contextmanager
def redis_at(url: str) -> Iterator[None]:
    """Redis at another address, for sign-ins and for the queue."""
    settings, pool = read_settings(), huey.storage.pool
    redis.connect(replace(settings, redis_url=url))
    timeouts = {name: pool.connection_kwargs[name] for name in ("socket_timeout", "socket_connect_timeout")}
    huey.storage.conn.connection_pool = ConnectionPool.from_url(url, **timeouts)
    try:
        yield
    finally:
        redis.connect(settings)
        huey.storage.conn.connection_pool = pool


def test_without_redis_answers_commit_and_the_sweeper_delivers(
    north: School, outbox: Callable[..., list[Any]], deliver_events: Callable[[], int], tmp_path: Path
) -> None:
    walk = Walk(north.new_student())
    lesson = walk.open(0)
    with redis_at(f"unix://{tmp_path}/nobody.sock"):
        assert lesson.finish()["lesson"]["completed"]
        assert walk.student.get("/user/progress").status_code == 200
    assert len(huey) == 0
    assert not outbox()[0].is_done
    assert deliver_events() == 1
    assert walk.progress()["streak"]["length"] == 1


def test_without_redis_an_ended_session_is_still_ended(north: School, tmp_path: Path) -> None:
    mine, other = north.sign_in("teacher"), north.sign_in("teacher")
    with redis_at(f"unix://{tmp_path}/nobody.sock"):
        assert mine.get("/user").status_code == 200
        assert mine.post("/auth/logout").status_code == 204
        assert mine.get("/user").json["code"] == "token_invalid"
        assert other.get("/user").status_code == 200, "another session of the same person goes on"


def test_a_redis_that_hangs_costs_seconds_not_the_answer(north: School, tmp_path: Path) -> None:
    walk = Walk(north.new_student())
    lesson = walk.open(0)
    lesson.finish(leaving=1)
    path = tmp_path / f"{uuid.uuid4().hex[:8]}.sock"
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(path))
        silent.listen(16)
        with redis_at(f"unix://{path}"):
            started = time.monotonic()
            assert lesson.answer(14, lesson.right(14))["lesson"]["completed"]
            assert time.monotonic() - started < 7, (
                "two seconds for the sign-in, two for the bell, and room for a slow machine"
            )
