"""The dashboard's words, numbers and dates in the person's language, from the catalogues beside this file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from tenants.names import LOCALES

CATALOGUES = Path(__file__).parent / "catalogues"

NARROW_SPACE = "\u202f"


@dataclass(frozen=True, slots=True)
class Words:
    """One language. A text is a template; one that depends on a number is a mapping of plural forms."""

    locale: str
    texts: Mapping[str, str | Mapping[str, str]]

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key`, its places filled with `values`."""
        text = self.texts[key]
        assert isinstance(text, str), f"{key} depends on a number; use count()"
        return text.format(**values)

    def count(self, key: str, number: int, **values: object) -> str:
        """The form of `key` that goes with `number`, which fills the place `{number}`."""
        forms = self.texts[key]
        assert not isinstance(forms, str), f"{key} has no plural forms"
        return forms[plural_form(self.locale, number)].format(number=self.number(number), **values)

    def number(self, value: int) -> str:
        """A whole number, its thousands apart as the language does it."""
        separator = "," if self.locale == "en" else NARROW_SPACE
        return f"{value:,}".replace(",", separator)

    def percent(self, rate: float | None) -> str:
        """A share from 0 to 1; a dash when there is none. Never rounded up to a perfect score."""
        if rate is None:
            return "–"
        rounded = 99 if rate < 1 and round(rate * 100) == 100 else round(rate * 100)
        return f"{rounded}%" if self.locale == "en" else f"{rounded}{NARROW_SPACE}%"

    def day(self, day: date) -> str:
        """A day with its weekday: `Mon 23 Nov`."""
        weekday = self("weekdays").split()[day.weekday()]
        return self("day", weekday=weekday, date=self.short_day(day))

    def short_day(self, day: date) -> str:
        """A day without its weekday: `23 Nov`."""
        return f"{day.day} {self('months').split()[day.month - 1]}"

    def moment(self, instant: datetime, *, today: date, time_zone: str) -> str:
        """When something was: the time if it was today, else the day, in the school's time zone."""
        local = instant.astimezone(ZoneInfo(time_zone))
        if local.date() == today:
            return self("today_at", time=f"{local:%H:%M}")
        day = self.short_day(local.date())
        return day if local.year == today.year else f"{day} {local.year}"


def plural_form(locale: str, number: int) -> str:
    """The CLDR plural category of a whole number in one of our languages."""
    if locale != "ru":
        return "one" if number == 1 else "other"
    if number % 10 == 1 and number % 100 != 11:
        return "one"
    return "few" if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else "many"


@cache
def words_for(locale: str) -> Words:
    """The words of a language; English for one we do not speak."""
    known = locale if locale in LOCALES else "en"
    return Words(known, json.loads((CATALOGUES / f"{known}.json").read_text(encoding="utf-8")))
