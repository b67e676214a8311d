"""What a teacher sees: figures of real answers, days, empty states, their own language."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from core import clock
from tests.conftest import School
from tests.dashboard.conftest import Page
from tests.walking import Walk

PageOf = Callable[[School, str | None], Page]
ClassroomOf = Callable[[School, str], UUID]


def today() -> date:
    """Today in both schools."""
    return clock.local_date(clock.now(), "Europe/Riga")


def row_of(name: str, response: dict[str, Any]) -> str:
    """The text of a student's row."""

    def text(node: Any) -> str:
        if isinstance(node, dict):
            return text(node["props"].get("children"))
        if isinstance(node, list):
            return " ".join(filter(None, map(text, node)))
        return "" if node is None else str(node)

    def rows(node: Any) -> Any:
        if isinstance(node, dict):
            if node.get("type") == "Tr":
                yield text(node)
            node = list(node.values())
        if isinstance(node, list):
            for child in node:
                yield from rows(child)

    return next(row for row in rows(response) if row.startswith(name))


def test_what_a_student_did_today(
    north: School, page_of: PageOf, classroom_of: ClassroomOf, deliver_events: Callable[[], int]
) -> None:
    student = north.new_student("Rosa Diligent")
    lesson = Walk(student).open(0)
    lesson.answer(0, lesson.wrong(0))
    lesson.finish()
    deliver_events()
    figures = page_of(north, "teacher").show(classroom_of(north, "Class A"))
    assert figures.status_code == 200
    # One lesson, sixteen answers, fourteen of fifteen at first try, 10 XP and 5 for accuracy, a streak's first day.
    row = row_of("Rosa Diligent", figures.json)
    assert row.split("today,")[0].split() == ["Rosa", "Diligent", "1", "16", "93%", "14/15", "15", "1", "day"]
    assert figures.json["response"]["class-name"]["children"] == "Class A"


def test_a_student_stuck_in_a_lesson_needs_help(north: School, page_of: PageOf, classroom_of: ClassroomOf) -> None:
    lesson = Walk(north.new_student("Stella Stuck")).open(0)
    for number in range(4):
        lesson.answer(number, lesson.wrong(number))
    shown = page_of(north, "teacher").show(classroom_of(north, "Class A")).text
    assert "Stella Stuck" in shown
    assert "4 wrong answers in “Привет и пока”, not finished yet" in shown


def test_days_go_back_and_forth_but_not_into_the_future(
    north: School, page_of: PageOf, classroom_of: ClassroomOf
) -> None:
    page, class_a = page_of(north, "teacher"), classroom_of(north, "Class A")
    yesterday = (today() - timedelta(days=1)).isoformat()
    before = (today() - timedelta(days=2)).isoformat()
    for button, shown, expected in (
        ("day-before", None, yesterday),
        ("day-before", yesterday, before),
        ("day-after", before, yesterday),
        ("day-after", yesterday, None),
        ("day-after", None, None),
        ("day-today", before, None),
        ("day-before", "0001-01-01", (today() - timedelta(days=367)).isoformat()),
        ("day-before", "9999-12-31", yesterday),
        ("day-before", {"x": 1}, yesterday),
    ):
        assert page.move(button, shown).json["response"]["day"]["data"] == expected, (button, shown)
    assert page.move("day-before", None, clicks=None).status_code == 204  # the button came; nobody pressed it
    for day, is_today in ((None, True), (yesterday, False), ("9999-12-31", True), ("0001-01-01", False), (7, True)):
        response = page.show(class_a, day).json["response"]
        assert response["day-today"]["disabled"] is is_today
        assert response["day-name"]["children"].startswith("Today, ") is is_today


def test_a_teacher_without_a_class_is_told_what_to_do(
    north: School, page_of: PageOf, new_teacher: Callable[..., str]
) -> None:
    drawn = page_of(north, new_teacher(north)).open().text
    assert "No class yet" in drawn
    assert "administrator" in drawn
    assert '"classroom"' not in drawn


def test_an_empty_class_shows_its_code(
    north: School, page_of: PageOf, new_teacher: Callable[..., str], classroom_of: ClassroomOf
) -> None:
    page = page_of(north, new_teacher(north, "Brand new"))
    shown = page.show(classroom_of(north, "Brand new")).text
    assert "No student in this class yet" in shown
    assert "Class code" in shown


def test_a_quiet_day_says_so_and_lists_everybody(north: School, page_of: PageOf, classroom_of: ClassroomOf) -> None:
    north.new_student("Quentin Quiet")
    shown = page_of(north, "teacher").show(classroom_of(north, "Class A"), (today() - timedelta(days=300)).isoformat())
    assert "Nobody practised on this day" in shown.text
    assert row_of("Quentin Quiet", shown.json).startswith("Quentin Quiet nothing – – –")


@pytest.mark.parametrize(
    ("locale", "sign_out", "gone"),
    [
        ("en", "Sign out", "There is no such class here"),
        ("ru", "Выйти", "Такого класса здесь нет"),
        ("es", "Cerrar sesión", "Aquí no hay ninguna clase así"),
    ],
)
def test_the_page_speaks_the_persons_language(
    north: School, page_of: PageOf, new_teacher: Callable[..., str], locale: str, sign_out: str, gone: str
) -> None:
    page = page_of(north, new_teacher(north, "Any class", locale=locale))
    assert f'<html lang="{locale}">' in page.get().text
    assert sign_out in _plain(page.open())
    assert gone in _plain(page.show("x"))


def _plain(response: Any) -> str:
    import json

    return json.dumps(response.json, ensure_ascii=False)
