"""Speech, really spoken: from publishing a course to the MP3 that a student of that school may hear."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import soundfile
from flask import Flask
from sqlalchemy import text
from sqlalchemy.engine import Engine

from core import clock
from core.db import db
from core.events import commit
from curriculum import service as courses
from curriculum import speech
from curriculum.models import QuestionKind
from curriculum.packs.reader import Pack, PackLesson, PackModule, PackQuestion
from tasks import synthesis
from tasks.queue import huey
from tests.conftest import School
from tests.counting import owner_engine

SPOKEN = ("Good morning, Tom.", "See you later!")
UNSPEAKABLE = "Hello \N{WINKING FACE}"
VOICE = speech.VOICES["en"]
IDS = {text: speech.audio_id(text, VOICE) for text in (*SPOKEN, UNSPEAKABLE)}


def tiny_pack() -> Pack:
    """A course of dictations. The pack reader would refuse one of them, a teacher's own question may not."""
    questions = tuple(
        PackQuestion(f"q-{number}", QuestionKind.DICTATION, {"text": said}, (said.strip("!."),), (said,))
        for number, said in enumerate((*SPOKEN, UNSPEAKABLE))
    )
    lesson = PackLesson("one", "One", None, questions)
    module = PackModule("first", "First", "A1", (), (lesson,))
    return Pack(
        key="tiny-spoken", version=1, title="Tiny", description="", language="en", source_language="ru",
        cefr_level="A1", modules=(module,), files={},
    )  # fmt: skip


@pytest.fixture(scope="module")
def owner(app: Flask) -> Iterator[Engine]:
    """Also takes away what these tests leave in the schools."""
    engine = owner_engine()
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM public.outbox"))
    yield engine
    with engine.begin() as connection:
        for schema in connection.scalars(text("SELECT 't_' || replace(id::text, '-', '') FROM public.tenant")):
            connection.execute(text(f"DELETE FROM {schema}.course WHERE key = 'tiny-spoken'"))
        connection.execute(text("DELETE FROM public.audio WHERE id = ANY(:ids)"), {"ids": list(IDS.values())})
        connection.execute(text("DELETE FROM public.outbox"))
    huey.flush()


def publish(school: str, in_school: Callable[[str], Any]) -> str:
    with in_school(school):
        course = courses.publish_course(courses.adopt_pack(tiny_pack(), now=clock.now()), now=clock.now())
        course_id = str(course.id)
        commit(db.session())
    return course_id


def states(owner: Engine) -> dict[str, tuple[str, str | None, int | None]]:
    with owner.connect() as connection:
        rows = connection.execute(text("SELECT text, state, failure, duration_ms FROM public.audio"))
        return {row.text: (row.state, row.failure, row.duration_ms) for row in rows if row.text in IDS}


@pytest.fixture(scope="module")
def course_id(owner: Engine, app: Flask) -> str:
    """The course of north, published, with its speech made."""
    from core.tenancy import tenant_scope
    from tasks import delivery
    from tenants.directory import Directory

    def enter(slug: str) -> Any:
        return tenant_scope(Directory().by_slug(slug))

    published = publish("north", enter)
    while waiting := delivery.list_waiting(now=clock.now(), grace=delivery.GRACE * 0):
        for each in waiting:
            delivery.deliver_event(event_id=each.id, tenant_id=each.tenant_id)
    return published


def test_what_can_be_spoken_is_ready_and_the_rest_says_why(course_id: str, owner: Engine, north: School) -> None:
    found = states(owner)
    for said in SPOKEN:
        state, failure, duration = found[said]
        assert (state, failure) == ("ready", None)
        assert duration
        assert 500 < duration < 5000
    state, failure, duration = found[UNSPEAKABLE]
    assert (state, duration) == ("failed", None)
    assert failure
    assert "has no sound" in failure
    progress = north.sign_in("teacher").get(f"/course/{course_id}/speech").json
    assert progress == {"total": 2, "ready": 2, "failed": 0, "pending": 0}


def test_the_sound_decodes_and_lasts_as_long_as_it_says(course_id: str, owner: Engine, north: School) -> None:
    student = north.new_student()
    for said in SPOKEN:
        response = student.get(f"/audio/{IDS[said]}")
        assert response.status_code == 200
        assert response.mimetype == "audio/mpeg"
        samples, rate = soundfile.read(io.BytesIO(response.data))
        duration = states(owner)[said][2]
        assert duration
        assert 1000 * len(samples) / rate == pytest.approx(duration, abs=150)
        assert abs(samples).max() > 0.05, "somebody is heard"
        assert abs(samples[: int(rate * 0.05)]).max() < 0.02, "a breath of silence comes first"


def test_the_same_text_gives_the_same_bytes() -> None:
    first, second = (synthesis.speak(SPOKEN[0], VOICE) for _ in range(2))
    assert first == second
    assert synthesis.speak(SPOKEN[1], VOICE).mp3 != first.mp3


def test_a_sound_is_kept_and_given_in_parts(course_id: str, north: School) -> None:
    student = north.new_student()
    path = f"/audio/{IDS[SPOKEN[0]]}"
    whole = student.get(path)
    assert whole.headers["ETag"] == f'"{IDS[SPOKEN[0]]}"'
    assert {"private", "immutable", "max-age=31536000"} <= set(whole.headers["Cache-Control"].split(", "))
    unchanged = student.get(path, headers={"If-None-Match": whole.headers["ETag"]})
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    part = student.get(path, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.data) == (206, whole.data[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(whole.data)}"
    beyond = student.get(path, headers={"Range": f"bytes={len(whole.data)}-"})
    assert beyond.status_code == 416
    assert set(beyond.json) == {"code", "message", "request_id"}
    for nonsense in ("bytes=x-y", "parts=1-2", "bytes=5-1", "bytes=-0"):
        assert student.get(path, headers={"Range": nonsense}).status_code in (200, 416)
    head = student("HEAD", path)
    assert (head.status_code, head.data) == (200, b"")
    assert int(head.headers["Content-Length"]) == len(whole.data)


def test_a_lesson_shows_its_speech_and_its_failures(course_id: str, north: School) -> None:
    student = north.new_student()
    module = next(each for each in student.get("/modules").json["modules"] if each["course_id"] == course_id)
    shown = student.get(f"/lesson/{module['lessons'][0]['id']}").json["questions"]
    audios = [question["audio"] for question in shown]
    assert [audio["state"] for audio in audios] == ["ready", "ready", "unavailable"]
    assert audios[0]["url"] == f"/api/v1/audio/{IDS[SPOKEN[0]]}"


def test_a_failed_sound_cannot_be_fetched(course_id: str, north: School) -> None:
    assert north.new_student().get(f"/audio/{IDS[UNSPEAKABLE]}").status_code == 404


def test_another_school_hears_it_once_its_own_lessons_say_it(
    course_id: str, owner: Engine, south: School, in_school: Callable[[str], Any], deliver_events: Callable[[], int]
) -> None:
    student = south.new_student()
    path = f"/audio/{IDS[SPOKEN[0]]}"
    hidden, missing = student.get(path), student.get("/audio/" + "0" * 64)
    assert hidden.status_code == missing.status_code == 404
    assert hidden.json["message"] == missing.json["message"]
    publish("south", in_school)
    assert deliver_events() == 1
    with owner.connect() as connection:
        asked = connection.scalars(
            text("SELECT payload->>'audio_id' FROM public.outbox WHERE kind = 'speech_requested' AND done_at IS NULL")
        ).all()
    assert asked == [IDS[UNSPEAKABLE]], "what is there is not made again; what failed is tried again"
    assert student.get(path).status_code == 200
    assert deliver_events() == 1
    assert states(owner)[UNSPEAKABLE][0] == "failed"


def test_publishing_again_asks_for_nothing_that_is_there(
    course_id: str, owner: Engine, north: School, deliver_events: Callable[[], int]
) -> None:
    with owner.begin() as connection:
        connection.execute(text("DELETE FROM public.outbox"))
        connection.execute(text("DELETE FROM public.audio WHERE id = :id"), {"id": IDS[UNSPEAKABLE]})
    assert north.sign_in("teacher").post(f"/course/{course_id}/publish").status_code == 200
    assert deliver_events() == 1
    with owner.connect() as connection:
        asked = connection.scalars(text("SELECT kind FROM public.outbox WHERE done_at IS NULL")).all()
    assert asked == ["speech_requested"]


def test_a_language_without_a_voice_is_unavailable(in_school: Callable[[str], Any]) -> None:
    from curriculum.queries import audio_by_text

    with in_school("north"):
        assert audio_by_text(["привет"], language="ru") == {"привет": {"id": "", "url": "", "state": "unavailable"}}
