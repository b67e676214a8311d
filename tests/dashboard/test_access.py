"""Who sees the dashboard, and of whom: nothing of another teacher's class, nothing of another school."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from tests.conftest import PASSWORD, School
from tests.dashboard.conftest import Page

PageOf = Callable[[School, str | None], Page]
ClassroomOf = Callable[[School, str], UUID]

DASH_PATHS = ("_dash-layout", "_dash-dependencies", "_reload-hash")


def requests_of_the_page(page: Page) -> Iterator[Any]:
    """Everything that a script of the page can ask the server."""
    yield from (page.get(path) for path in DASH_PATHS)
    yield from (page.open(), page.show(uuid4()), page.move("day-before", None))


def test_nobody_is_sent_to_sign_in_and_back(north: School, page_of: PageOf) -> None:
    nobody = page_of(north, None)
    for path, back in (("", "/dashboard/"), ("?class=1&x=%D0%B9", "/dashboard/%3Fclass%3D1%26x%3D%25D0%25B9")):
        response = nobody.get(path)
        assert (response.status_code, response.headers["Location"]) == (302, f"/?next={back}")
        assert response.cache_control.no_store


@pytest.mark.parametrize("person", ["student", "guardian"])
def test_people_without_the_permission_are_sent_home(north: School, page_of: PageOf, person: str) -> None:
    response = page_of(north, person).get()
    assert (response.status_code, response.headers["Location"]) == (302, "/")


@pytest.mark.parametrize(
    ("person", "status", "code"),
    [(None, 401, "token_invalid"), ("student", 403, "not_permitted"), ("guardian", 403, "not_permitted")],
)
def test_scripts_of_people_without_it_get_the_error_body(
    north: School, page_of: PageOf, person: str | None, status: int, code: str
) -> None:
    for response in requests_of_the_page(page_of(north, person)):
        assert (response.status_code, response.json["code"]) == (status, code)
        assert response.json["request_id"]


def test_a_teacher_of_another_school_is_nobody(north: School, south: School, page_of: PageOf) -> None:
    stranger = page_of(south, "teacher")
    stranger.headers["X-School"] = "north"
    assert stranger.get().status_code == 302
    assert {response.status_code for response in requests_of_the_page(stranger)} == {401}


@pytest.mark.parametrize("person", ["teacher", "admin"])
def test_staff_see_the_dashboard(north: School, page_of: PageOf, person: str) -> None:
    page = page_of(north, person)
    assert page.get().status_code == 200
    assert {page.get(path).status_code for path in DASH_PATHS} == {200}
    assert page.open().status_code == 200


def test_a_teacher_has_their_own_classes_and_an_admin_all(
    north: School, page_of: PageOf, new_teacher: Callable[..., str]
) -> None:
    own = new_teacher(north, "Own class 1", "Own class 2")
    everywhere = {"Class A", "Class B", "Own class 1", "Own class 2"}
    for person, expected in (("teacher", {"Class A"}), ("other-teacher", {"Class B"}), ("admin", everywhere)):
        drawn = page_of(north, person).open().text
        assert {name for name in everywhere if name in drawn} == expected
    assert "Own class 2" in page_of(north, own).open().text


def test_a_class_that_is_not_ones_own_looks_like_none(
    north: School, south: School, page_of: PageOf, classroom_of: ClassroomOf
) -> None:
    student = north.new_student("Nobody Elses")
    teacher, other, stranger = (page_of(north, "teacher"), page_of(north, "other-teacher"), page_of(south, "admin"))
    class_a = classroom_of(north, "Class A")
    assert student.user["display_name"] in teacher.show(class_a).text
    for page in (other, stranger):
        nothing = page.show(uuid4())
        assert nothing.status_code == 200
        assert "There is no such class here" in nothing.text
        for wanted in (class_a, "", None, "x", 5, [], {"id": 1}, "0" * 32):
            assert page.show(wanted).data == nothing.data
    assert teacher.show(classroom_of(south, "Class A")).data == teacher.show(uuid4()).data


def test_a_class_in_the_address_is_chosen_only_if_it_is_ones_own(
    north: School, page_of: PageOf, classroom_of: ClassroomOf, new_teacher: Callable[..., str]
) -> None:
    own = page_of(north, new_teacher(north, "First of two", "Second of two"))
    first, second = classroom_of(north, "First of two"), classroom_of(north, "Second of two")
    for search, chosen in (
        ("", first),
        (f"?class={second}", second),
        (f"?class={classroom_of(north, 'Class A')}", first),
        ("?class=x&class", first),
    ):
        assert _chosen(own.open(search).json) == str(chosen)


def _chosen(response: dict[str, Any]) -> str:
    """The value of the class picker, wherever it stands."""

    def walk(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            if node.get("id") == "classroom":
                yield node["value"]
            node = list(node.values())
        if isinstance(node, list):
            for child in node:
                yield from walk(child)

    return next(walk(response))


def test_the_layout_holds_nothing_of_anybody(north: School, page_of: PageOf) -> None:
    layouts = {page_of(north, person).get("_dash-layout").data for person in ("teacher", "other-teacher", "admin")}
    assert len(layouts) == 1
    (layout,) = layouts
    assert b"Class" not in layout
    assert b"Teacher" not in layout


def test_callbacks_of_a_cookie_session_need_the_csrf_header(app: Flask, north: School) -> None:
    client = app.test_client()
    signed_in = client.post(
        "/api/v1/auth/login",
        json={"user_name": "teacher", "password": PASSWORD, "session": "cookie"},
        headers={"X-School": "north"},
    )
    assert signed_in.status_code == 200
    token = client.get_cookie("csrf_access_token")
    assert token
    here = {"X-School": "north"}
    assert client.get("/dashboard/").status_code == 200
    without = Page(client, here).open()
    assert (without.status_code, without.json["code"]) == (401, "csrf_failed")
    assert Page(client, here | {"X-CSRF-TOKEN": "made-up"}).open().status_code == 401
    assert Page(client, here | {"X-CSRF-TOKEN": token.value}).open().status_code == 200
    config = client.get("/dashboard/").text
    assert '"csrf_token_name":"csrf_access_token","csrf_header_name":"X-CSRF-TOKEN"' in config
