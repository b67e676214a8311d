"""The clock, read at the edge only; everything below takes `now` as an argument."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def local_date(instant: datetime, time_zone: str) -> date:
    """The calendar day of `instant` for people in `time_zone` (an IANA name)."""
    return instant.astimezone(ZoneInfo(time_zone)).date()
