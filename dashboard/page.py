"""The frame: theme, header, class picker, bar of days. The layout holds nothing of anybody; callbacks fill it."""

from collections.abc import Sequence
from uuid import UUID

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.elements import aria, icon
from dashboard.words import Words
from tenants.models import Classroom

#: A lesson takes minutes, so a minute is fresh enough, and thirty open dashboards are one request in two seconds.
REFRESH_MS = 60_000

FONTS = 'Nunito, ui-rounded, "Segoe UI", system-ui, -apple-system, Roboto, "Noto Sans", sans-serif'

THEME = {
    "fontFamily": FONTS,
    "headings": {"fontFamily": FONTS, "fontWeight": "800"},
    "primaryColor": "teal",
    "primaryShade": {"light": 8, "dark": 5},
    "autoContrast": True,
    "black": "#22304F",
    "defaultRadius": "md",
    "radius": {"md": "0.9rem"},
    "colors": {
        "teal": [
            "#e6faf6", "#dcf3ee", "#a2e4d5", "#70d6bf", "#5fd8c4",
            "#2fc4ac", "#1fa38e", "#178775", "#13796a", "#0b5247",
        ],
        # Mantine takes a dark page's text, lines and surfaces from this scale.
        "dark": [
            "#f6f2ea", "#dfe3ee", "#b9c3dc", "#7f8cb4", "#34416b",
            "#2a365b", "#202b4b", "#17203a", "#141c33", "#121a30",
        ],
    },
}  # fmt: skip


def make_layout() -> Component:
    """What everybody gets before the first callback: the theme, and the shape of the page to come."""
    layout: Component = dmc.MantineProvider(
        theme=THEME,
        defaultColorScheme="auto",
        children=[
            dcc.Location(id="address", refresh=False),
            dcc.Store(id="day"),  # an ISO date, or nothing for today
            dcc.Interval(id="tick", interval=REFRESH_MS),
            html.Div(id="page", children=_waiting()),
        ],
    )
    return layout


def _waiting() -> Component:
    """Grey shapes where the page will be, so that nothing jumps when it comes."""
    tiles = [dmc.Skeleton(height=104, radius="lg") for _ in range(6)]
    shapes = [
        html.Div(tiles, className="tiles"),
        dmc.Skeleton(height=120, radius="lg"),
        dmc.Skeleton(height=420, radius="lg"),
    ]
    return html.Div([html.Div(className="top"), html.Div(shapes, className="content waiting")], **aria(hidden="true"))


def draw_page(
    words: Words, *, school_name: str, person_name: str, classrooms: Sequence[Classroom], chosen: UUID | None
) -> list[Component]:
    """The page in the person's language. Without a class there is nothing to choose and no day to look at."""
    body = [_day_bar(words), html.Div(id="figures", children=_figures_waiting())] if classrooms else []
    return [
        html.A(words("skip"), href="#content", className="skip"),
        html.Header(
            html.Div(
                [
                    _brand(school_name),
                    _class_picker(words, classrooms, chosen),
                    _person(words, person_name),
                ],
                className="top-inside",
            ),
            className="top",
        ),
        html.Div([icon("cloud"), words("offline")], id="connection", className="connection", role="status"),
        html.Main(body, id="content", className="content", tabIndex=-1),
    ]


def _figures_waiting() -> Component:
    return html.Div(
        [html.Div([dmc.Skeleton(height=104, radius="lg") for _ in range(6)], className="tiles"),
         dmc.Skeleton(height=420, radius="lg")],
        className="waiting",
    )  # fmt: skip


def _brand(school_name: str) -> Component:
    return html.Div(
        [
            html.Img(src="/dashboard/assets/logo.svg", alt="", width=40, height=40),
            html.Div([html.Span("Lernejo", className="brand-name"), html.Span(school_name, className="school")]),
        ],
        className="brand",
    )


def _class_picker(words: Words, classrooms: Sequence[Classroom], chosen: UUID | None) -> Component:
    if not classrooms:
        return html.Div(className="picker")
    picker: Component = dmc.Select(
        id="classroom",
        data=[{"value": str(classroom.id), "label": classroom.name} for classroom in classrooms],
        value=str(chosen),
        allowDeselect=False,
        searchable=len(classrooms) > 8,
        nothingFoundMessage=words("no_such_match"),
        leftSection=icon("people"),
        comboboxProps={"withinPortal": False},  # the list belongs to the header, for a screen reader too
        className="picker",
        size="md",
        **aria(label=words("classroom")),
    )
    return picker


def _person(words: Words, person_name: str) -> Component:
    return html.Div(
        [
            html.Span(person_name, className="person-name"),
            dmc.ColorSchemeToggle(
                id="theme-toggle",
                lightIcon=icon("light"),
                darkIcon=icon("dark"),
                variant="default",
                size="lg",
                **aria(label=words("theme")),
            ),
            dmc.Button(
                html.Span(words("sign_out"), className="sign-out-label"),
                id="sign-out",
                leftSection=icon("leave"),
                variant="default",
                className="sign-out",
                **aria(label=words("sign_out")),
            ),
        ],
        className="person",
    )


def _day_bar(words: Words) -> Component:
    return html.Div(
        [
            html.Div([html.H1(id="class-name"), html.P(id="day-name", role="status")], className="heading"),
            html.Div(
                [
                    _step("day-before", "left", words("day_before")),
                    dmc.Button(words("back_to_today"), id="day-today", variant="default"),
                    _step("day-after", "right", words("day_after")),
                ],
                className="days",
            ),
        ],
        className="day-bar",
    )


def _step(id_: str, icon_name: str, label: str) -> Component:
    button: Component = dmc.ActionIcon(icon(icon_name), id=id_, variant="default", size=36, **aria(label=label))
    return button
