"""Which school a request is for: host name, header, token, default; and what happens when they disagree."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import jwt
import pytest
from flask import Flask
from sqlalchemy import text

from core.config import read_settings
from tenants.directory import REMEMBER_MOST, Directory, SchoolUnknown
from tests.conftest import PASSWORD, PREFIX, School
from tests.counting import owner_engine
from tests.stack import SECRET
from wsgi import create_app


@pytest.fixture(scope="module")
def addressed(app: Flask) -> Iterator[Flask]:
    """An installation with a base domain, a default school, and a domain of south's own."""
    owner = owner_engine()
    with owner.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO public.tenant_domain SELECT 'learn.south.test', id FROM public.tenant WHERE slug = 'south'"
            )
        )
    made = create_app(replace(read_settings(), base_domain="lernejo.test", default_school="north"))
    yield made
    with owner.begin() as connection:
        connection.execute(text("DELETE FROM public.tenant_domain"))


def school_of(app: Flask, host: str, **headers: str) -> Any:
    """The slug, or the code of the refusal."""
    response = app.test_client().get(f"{PREFIX}/school", headers={"Host": host} | headers)
    return response.json["slug"] if response.status_code == 200 else (response.status_code, response.json["code"])


@pytest.mark.parametrize(
    ("host", "header", "school"),
    [
        ("learn.south.test", None, "south"),
        ("learn.south.test:8443", None, "south"),
        ("LEARN.South.test", None, "south"),
        ("north.lernejo.test", None, "north"),
        ("south.lernejo.test:443", None, "south"),
        ("lernejo.test", None, "north"),
        ("elsewhere.test", None, "north"),
        ("127.0.0.1:8000", None, "north"),
        ("[::1]:8000", None, "north"),
        ("[::1]", None, "north"),
        ("lernejo.test", "south", "south"),
        ("lernejo.test", " South ", "south"),
        ("lernejo.test", "", "north"),
        ("south.lernejo.test", "south", "south"),
        ("learn.south.test", "south", "south"),
        ("west.lernejo.test", None, (404, "school_unknown")),
        ("a.north.lernejo.test", None, (404, "school_unknown")),
        ("lernejo.test", "west", (404, "school_unknown")),
        ("lernejo.test", "north; DROP SCHEMA", (404, "school_unknown")),
        ("lernejo.test", "é", (404, "school_unknown")),
        ("south.lernejo.test", "north", (400, "school_conflict")),
        ("learn.south.test", "north", (400, "school_conflict")),
        ("west.lernejo.test", "north", (404, "school_unknown")),
    ],
)
def test_the_address_and_the_header_name_the_school(
    addressed: Flask, host: str, header: str | None, school: Any
) -> None:
    headers = {} if header is None else {"X-School": header.encode().decode("latin-1")}
    assert school_of(addressed, host, **headers) == school


def test_an_address_that_names_no_school_needs_a_default(app: Flask) -> None:
    assert school_of(app, "localhost") == (400, "school_required")


def token_of(app: Flask, slug: str) -> str:
    return School(slug, app).sign_in("student").token or ""


def test_where_nothing_names_the_school_the_token_does(app: Flask, addressed: Flask) -> None:
    south = token_of(app, "south")
    for installation in (app, addressed):
        client = installation.test_client()
        headers = {"Authorization": f"Bearer {south}"}
        assert client.get(f"{PREFIX}/school", headers=headers).json["slug"] == "south"
        assert client.get(f"{PREFIX}/user", headers=headers).status_code == 200


def test_an_expired_token_is_told_so_where_nothing_else_names_the_school(app: Flask) -> None:
    """Else a client would be told to name a school, and never come to refresh its token."""
    known = jwt.decode(token_of(app, "south"), SECRET, algorithms=["HS256"], issuer="lernejo")
    expired = jwt.encode(known | {"exp": known["iat"] - 60}, SECRET, algorithm="HS256")
    response = app.test_client().get(f"{PREFIX}/user", headers={"Authorization": f"Bearer {expired}"})
    assert (response.status_code, response.json["code"]) == (401, "token_expired")


def test_the_address_wins_over_the_token_and_then_the_token_is_refused(addressed: Flask, app: Flask) -> None:
    headers = {"Authorization": f"Bearer {token_of(app, 'south')}", "Host": "north.lernejo.test"}
    client = addressed.test_client()
    response = client.get(f"{PREFIX}/user", headers=headers)
    assert (response.status_code, response.json["code"]) == (401, "wrong_school")
    assert client.get(f"{PREFIX}/school", headers=headers).json["slug"] == "north", "public stays public"


@contextmanager
def state(slug: str, value: str) -> Iterator[None]:
    owner = owner_engine()
    change = text("UPDATE public.tenant SET state = :state WHERE slug = :slug")
    with owner.begin() as connection:
        connection.execute(change, {"slug": slug, "state": value})
    yield
    with owner.begin() as connection:
        connection.execute(change, {"slug": slug, "state": "active"})


def test_a_suspended_school_is_closed_to_everybody(app: Flask) -> None:
    token = token_of(app, "south")
    with state("south", "suspended"):
        closed = create_app(replace(read_settings(), base_domain="lernejo.test"))  # it remembers nothing yet
        client = closed.test_client()
        ways: list[dict[str, str]] = [
            {"X-School": "south"},
            {"Host": "south.lernejo.test"},
            {"Authorization": f"Bearer {token}"},
            {"X-School": "south", "Authorization": f"Bearer {token}"},
        ]
        for headers in ways:
            response = client.get(f"{PREFIX}/user", headers=headers)
            assert (response.status_code, response.json["code"]) == (403, "school_suspended"), headers
        body = {"user_name": "student", "password": PASSWORD}
        refused = client.post(f"{PREFIX}/auth/login", json=body, headers={"X-School": "south"})
        assert refused.json["code"] == "school_suspended"
        assert client.get(f"{PREFIX}/school", headers={"X-School": "north"}).status_code == 200


def test_what_is_the_same_everywhere_needs_no_school(app: Flask) -> None:
    client = app.test_client()
    for path in ("/healthz", f"{PREFIX}/openapi.json", f"{PREFIX}/docs", f"{PREFIX}/docs/start.js"):
        assert client.get(path).status_code == 200, path


def test_made_up_hosts_do_not_fill_the_memory(app: Flask) -> None:
    directory = Directory()
    directory._known = {f"host:{number}": (0.0, None) for number in range(10_001)}
    assert directory.by_host("one-more.test", None) is None
    assert len(directory._known) == 1


def test_caches_are_told_that_the_school_matters(app: Flask, north: School) -> None:
    response = north.anonymous.get("/school")
    assert "X-School" in response.headers["Vary"]
    assert response.headers["Cache-Control"] == "no-store"


def test_made_up_names_do_not_fill_the_memory(app: Flask) -> None:
    directory = Directory()
    for name in ("A" * 200_000, "UPPER", "two.labels", "-dash", "x" * 41, ""):
        with pytest.raises(SchoolUnknown):
            directory.by_slug(name)
    assert directory.by_host("h" * 300, None) is None
    assert directory._known == {}
    for number in range(REMEMBER_MOST + 50):
        directory._known[f"slug:s{number}"] = (float(number), None)  # long run out
    with pytest.raises(SchoolUnknown):
        directory.by_slug("nobody")
    assert list(directory._known) == ["slug:nobody"]
