"""The catalogues fit together, and numbers and dates read as each language writes them."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from analytics.figures import LessonTries, Tries
from core.config import ROOT
from dashboard.lessons import make_figure
from dashboard.words import plural_form, words_for
from tenants.names import LOCALES

DASHBOARD = Path(ROOT) / "dashboard"
FORMS = {"en": {"one", "other"}, "es": {"one", "other"}, "ru": {"one", "few", "many"}}
THIN = "\u202f"


def places(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_says_the_same_things(locale: str) -> None:
    texts, english = words_for(locale).texts, words_for("en").texts
    assert list(texts) == list(english)
    for key, text in texts.items():
        expected = english[key]
        if isinstance(text, str):
            assert isinstance(expected, str), key
            assert text.strip(), key
            assert places(text) == places(expected), key
            continue
        assert not isinstance(expected, str), key
        assert set(text) == FORMS[locale], key
        assert {frozenset(places(form)) for form in text.values()} == {frozenset(places(expected["other"]))}, key


def test_every_text_is_used_and_every_used_text_exists() -> None:
    code = "\n".join(file.read_text() for file in DASHBOARD.glob("*.py"))
    literals = set(re.findall(r"""["']([a-z_]+)["']""", code))
    made = {f"{stem}_text" for stem in ("nobody_today", "nobody_then")} | {
        f"band_{kind}" for kind in ("strong", "fair", "weak", "unsure")
    }
    keys = set(words_for("en").texts)
    assert keys <= literals | made
    assert set(re.findall(r'words(?:\.count)?\(\s*"([a-z_]+)"', code)) <= keys


def test_an_unknown_language_is_english() -> None:
    assert words_for("eo").locale == "en"


@pytest.mark.parametrize(
    ("locale", "number", "form"),
    [
        *[("en", number, "one" if number == 1 else "other") for number in (0, 1, 2, 21)],
        *[("ru", number, "one") for number in (1, 21, 101)],
        *[("ru", number, "few") for number in (2, 4, 33)],
        *[("ru", number, "many") for number in (0, 5, 11, 12, 14, 111, 112)],
    ],
)
def test_plural_forms(locale: str, number: int, form: str) -> None:
    assert plural_form(locale, number) == form


@pytest.mark.parametrize(
    ("locale", "rate", "expected"),
    [
        ("en", None, "–"),
        ("en", 1.0, "100%"),
        ("en", 0.996, "99%"),
        ("en", 0.125, "12%"),
        ("ru", 0.5, f"50{THIN}%"),
        ("es", 0.0, f"0{THIN}%"),
    ],
)
def test_percent(locale: str, rate: float | None, expected: str) -> None:
    assert words_for(locale).percent(rate) == expected


@pytest.mark.parametrize(
    ("locale", "number", "day"),
    [("en", "12,345", "Mon 23 Nov"), ("ru", f"12{THIN}345", "пн, 23 ноя."), ("es", f"12{THIN}345", "lun 23 nov")],
)
def test_numbers_and_days(locale: str, number: str, day: str) -> None:
    words = words_for(locale)
    assert (words.number(12345), words.day(date(2026, 11, 23))) == (number, day)


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        (datetime(2026, 11, 23, 21, 59, tzinfo=UTC), "today, 23:59"),  # 22:00 UTC is midnight in Riga
        (datetime(2026, 11, 22, 22, 0, tzinfo=UTC), "today, 00:00"),
        (datetime(2026, 11, 22, 21, 59, tzinfo=UTC), "22 Nov"),
        (datetime(2025, 12, 1, 12, 0, tzinfo=UTC), "1 Dec 2025"),
    ],
)
def test_moments_are_in_the_schools_time(instant: datetime, expected: str) -> None:
    assert words_for("en").moment(instant, today=date(2026, 11, 23), time_zone="Europe/Riga") == expected


def test_the_chart_tells_bands_apart_by_hatching_and_escapes_titles() -> None:
    def lesson(number: int, title: str, tries: Tries) -> LessonTries:
        return LessonTries(
            lesson_id=UUID(int=number),
            language="ru",
            course_title="Course",
            module_title="Module",
            number=f"1.{number}",
            title=title,
            students=2,
            tries=tries,
        )

    lessons = [
        lesson(1, "Same", Tries(9, 10)),
        lesson(2, "Same", Tries(1, 10)),
        lesson(3, "<b>bold</b> & much longer than a label", Tries(1, 2)),
        lesson(4, "Fair", Tries(7, 10)),
    ]
    figure = make_figure(words_for("en"), lessons)
    bars = {row: (trace, place) for trace in figure["data"] for place, row in enumerate(trace["y"])}
    assert sorted(bars) == [0, 1, 2, 3]
    assert [bars[row][0]["text"][bars[row][1]] for row in range(4)] == ["90% (10)", "10% (10)", "50% (2)", "70% (10)"]
    assert len({trace["marker"]["pattern"]["shape"] for trace in figure["data"]}) == 4
    labels = figure["layout"]["yaxis"]["ticktext"]
    assert labels[0] != labels[1]
    assert "<" not in labels[2]
