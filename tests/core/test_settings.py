"""Settings: what they read, and how they say what is wrong, all of it at once."""

import re
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from core.config import InvalidSettings, app_login_password, read_settings

GOOD = {
    "DATABASE_URL": "postgresql://owner:pw@db:5432/lernejo",
    "REDIS_URL": "redis://redis:6379/0",
    "STORAGE_URL": "file:///data",
    "SECRET_KEY": "k" * 32,
}


def problems(**changes: str) -> list[str]:
    with pytest.raises(InvalidSettings) as invalid:
        read_settings(GOOD | changes)
    for problem in invalid.value.problems:
        assert problem in str(invalid.value)
    return invalid.value.problems


def test_the_needed_settings_are_enough() -> None:
    settings = read_settings(GOOD)
    assert settings.database_url == "postgresql+psycopg2://owner:pw@db:5432/lernejo"
    assert (settings.db_pool_size, settings.schools_per_connection, settings.log_level) == (8, 100, "INFO")
    assert settings.cookie_secure
    assert settings.default_school is settings.base_domain is None
    with pytest.raises(FrozenInstanceError):
        settings.secret_key = "x"  # type: ignore[misc]


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(InvalidSettings) as invalid:
        read_settings({"LOG_LEVEL": "LOUD", "COOKIE_SECURE": "perhaps", "DB_POOL_SIZE": "0", "SECRET_KEY": "short"})
    named = [problem.split()[0] for problem in invalid.value.problems]
    assert sorted(named) == sorted(
        ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "STORAGE_URL", "COOKIE_SECURE", "DB_POOL_SIZE", "LOG_LEVEL"]
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://db/x"),
        ("DATABASE_URL", "postgresql://db"),
        ("DATABASE_URL", "postgresql://db/"),
        ("DATABASE_URL", "postgresql://owner@db:port/lernejo"),
        ("DATABASE_URL", "db"),
        ("DATABASE_APP_URL", "postgresql://app@db:99999999999/lernejo"),
        ("DATABASE_APP_URL", "postgresql+psycopg://app@db/lernejo"),
        ("REDIS_URL", "http://redis"),
        ("REDIS_URL", "redis"),
        ("STORAGE_URL", "/data"),
        ("STORAGE_URL", "ftp://data"),
        ("STORAGE_URL", "s3://key:secret@host"),
        ("STORAGE_URL", "s3://key:secret@host:port/bucket"),
        ("SECRET_KEY", "k" * 31),
        ("COOKIE_SECURE", "maybe"),
        ("DB_POOL_SIZE", "0"),
        ("DB_POOL_SIZE", "-1"),
        ("DB_POOL_SIZE", "1.5"),
        ("DB_POOL_SIZE", "x"),
        ("SCHOOLS_PER_CONNECTION", "many"),
        ("LOG_LEVEL", "TRACE"),
    ],
)
def test_a_value_at_fault_is_named(name: str, value: str) -> None:
    assert [problem.split()[0] for problem in problems(**{name: value})] == [name]


@pytest.mark.parametrize("name", ["REDIS_URL", "STORAGE_URL", "SECRET_KEY"])
@pytest.mark.parametrize("value", ["", "   "])
def test_what_is_empty_is_not_set(name: str, value: str) -> None:
    assert problems(**{name: value}) == [f"{name} is not set"]


def test_one_of_the_two_database_addresses_is_needed() -> None:
    assert "DATABASE_APP_URL" in problems(DATABASE_URL="")[0]
    alone = read_settings(GOOD | {"DATABASE_URL": "", "DATABASE_APP_URL": "postgresql://app:pw@db/lernejo"})
    assert alone.database_url is None
    assert alone.database_app_url == "postgresql+psycopg2://app:pw@db/lernejo"


def test_the_weak_login_is_derived_when_it_is_not_given() -> None:
    password = app_login_password(GOOD["SECRET_KEY"])
    derived = read_settings(GOOD).database_app_url
    assert re.fullmatch(rf"postgresql\+psycopg2://lernejo_app_[0-9a-f]{{8}}:{password}@db:5432/lernejo", derived)
    other = read_settings(GOOD | {"DATABASE_URL": GOOD["DATABASE_URL"] + "2"}).database_app_url
    assert other.split(":")[1] != derived.split(":")[1], "two installations on one server must not share a login"
    assert app_login_password("o" * 32) != password
    given = read_settings(GOOD | {"DATABASE_APP_URL": "postgres://app@db/lernejo"})
    assert given.database_app_url == "postgresql+psycopg2://app@db/lernejo"


@pytest.mark.parametrize(("text", "value"), [("1", True), ("true", True), ("YES", True), ("0", False), ("no", False)])
def test_flags(text: str, value: bool) -> None:
    assert read_settings(GOOD | {"COOKIE_SECURE": text}).cookie_secure is value


@pytest.mark.parametrize("url", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg2://u@h/d"])
def test_psycopg_2_is_always_meant(url: str) -> None:
    assert read_settings(GOOD | {"DATABASE_URL": url}).database_url == "postgresql+psycopg2://u@h/d"


def test_no_problem_tells_a_secret() -> None:
    values: dict[str, Any] = {"DATABASE_URL": "mysql://owner:hush-hush@db/x", "SECRET_KEY": "hush-hush"}
    assert "hush-hush" not in " ".join(problems(**values))
