"""What the page asks the server for. Every callback runs inside the request's school, behind the guard.

Nothing that a callback is given is believed: a class comes through `tenants.access`, a day is read as a date.
"""

from datetime import date, timedelta
from urllib.parse import parse_qs
from uuid import UUID

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate
from flask import request

from analytics import figures, queries
from core import clock
from core.auth import Role, current_actor
from core.errors import NotFound
from core.tenancy import current_tenant
from dashboard import page
from dashboard.elements import empty
from dashboard.lessons import draw_lessons
from dashboard.panels import draw_help, draw_students, draw_summary
from dashboard.words import Words, words_for
from tenants.access import access_classroom, access_classrooms, access_self
from tenants.models import Classroom

LOOKS_BACK = timedelta(days=366)


def register(dash: Dash) -> None:
    """Tie the callbacks to the page."""
    dash.callback(Output("page", "children"), Input("address", "pathname"), State("address", "search"))(open_page)
    dash.callback(
        Output("figures", "children"),
        Output("class-name", "children"),
        Output("day-name", "children"),
        Output("day-after", "disabled"),
        Output("day-today", "disabled"),
        Input("classroom", "value"),
        Input("day", "data"),
        Input("tick", "n_intervals"),
    )(show_classroom)
    dash.callback(
        Output("day", "data"),
        Input("day-before", "n_clicks"),
        Input("day-today", "n_clicks"),
        Input("day-after", "n_clicks"),
        State("day", "data"),
        prevent_initial_call=True,
    )(move_day)
    dash.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("lernejo", "addressOf"), Output("address", "search"), Input("classroom", "value")
    )
    dash.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("lernejo", "signOut"),
        Output("sign-out", "disabled"),
        Input("sign-out", "n_clicks"),
        prevent_initial_call=True,
    )


def open_page(_pathname: str, search: str | None) -> list[Component]:
    """The page around the figures, for the person of the request."""
    actor = current_actor()
    person = access_self(actor)
    words = words_for(person.locale)
    classrooms = access_classrooms(actor)
    asked = _read_id(parse_qs((search or "").removeprefix("?")).get("class", [""])[0])
    own = [classroom.id for classroom in classrooms]
    drawn = page.draw_page(
        words,
        school_name=current_tenant().name,
        person_name=person.display_name,
        classrooms=classrooms,
        chosen=asked if asked in own else next(iter(own), None),
    )
    if not classrooms:
        key = "no_classroom_admin" if Role.ADMIN in actor.roles else "no_classroom_teacher"
        nothing = empty(icon_name="people", title=words("no_classroom"), text=words(key))
        drawn[-1].children = [html.H1(words("title")), nothing]
    return drawn


def show_classroom(
    classroom_id: str | None, asked_day: str | None, _ticks: int | None
) -> tuple[list[Component], str, str, bool, bool]:
    """The figures of a class on a day; a class that is not the person's looks like one that is not there."""
    actor = current_actor()
    words = words_for(access_self(actor).locale)
    today = _today()
    day = _read_day(asked_day, today)
    day_name = words("today", day=words.day(day)) if day == today else words.day(day)
    is_today = day == today
    try:
        classroom = access_classroom(actor, _read_id(classroom_id) or UUID(int=0))
    except NotFound:
        gone = empty(icon_name="people", title=words("gone"), text=words("gone_text"))
        return [gone], words("title"), "", is_today, is_today
    return _draw(words, classroom, day, today), classroom.name, day_name, is_today, is_today


def _draw(words: Words, classroom: Classroom, day: date, today: date) -> list[Component]:
    classroom_day = queries.get_classroom_day(classroom_id=classroom.id, day=day)
    if not classroom_day.students:
        return [_no_students(words, classroom)]
    records = queries.list_student_records(classroom_id=classroom.id, today=today)
    time_zone = current_tenant().time_zone
    return [
        draw_summary(words, figures.summarise(classroom_day), day=day, today=today, join_code=classroom.join_code),
        draw_help(words, figures.find_help_needed(records, today=today)),
        draw_students(words, classroom_day, today=today, time_zone=time_zone),
        draw_lessons(words, queries.list_lesson_tries(classroom_id=classroom.id, day=day)),
    ]


def _no_students(words: Words, classroom: Classroom) -> Component:
    text = words("no_students_text", address=request.host)
    if classroom.join_code is None:
        return empty(icon_name="people", title=words("no_students"), text=text)
    code = [html.Span(words("class_code")), html.Strong(classroom.join_code, className="code")]
    return empty(icon_name="people", title=words("no_students"), text=[text, html.Span(code, className="class-code")])


def move_day(_before: int | None, _today_clicks: int | None, _after: int | None, shown: str | None) -> str | None:
    """The day to look at after an arrow or "today"; nothing stands for today, which moves on at midnight."""
    today = _today()
    steps = {"day-before": timedelta(days=-1), "day-after": timedelta(days=1)}
    if not ctx.triggered or not ctx.triggered[0]["value"]:
        raise PreventUpdate  # the buttons have come into the page; nobody has pressed one
    step = steps.get(str(ctx.triggered_id))
    if step is None:
        return None
    day = _read_day(shown, today) + step
    return day.isoformat() if day < today else None


def _today() -> date:
    return clock.local_date(clock.now(), current_tenant().time_zone)


def _read_day(text: str | None, today: date) -> date:
    """A day of the past school year up to today; whatever else comes in means today."""
    try:
        return max(min(date.fromisoformat(text), today), today - LOOKS_BACK) if text else today
    except (TypeError, ValueError):
        return today


def _read_id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except (AttributeError, TypeError, ValueError):
        return None
