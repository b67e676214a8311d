"""How hard the lessons were: a chart, and the same figures as a table beside it."""

from itertools import groupby
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from analytics.figures import Band, LessonTries, band
from dashboard.elements import aria, cell, empty, head, panel
from dashboard.page import FONTS
from dashboard.words import Words

ROW_PX = 34
#: Longer titles leave no room for the bars on a phone; the table has them in full.
TITLE_LETTERS = 20

# The words beside each bar say the same as its colour, and the hatching tells the bands apart without colour.
_FILLS = {
    Band.STRONG: ("#1FA38E", ""),
    Band.FAIR: ("#FFC542", "/"),
    Band.WEAK: ("#FF7A66", "x"),
    Band.UNSURE: ("#9AA5BF", "."),
}


def draw_lessons(words: Words, lessons: list[LessonTries]) -> Component:
    """First-try rates by lesson, in course order."""
    children: Component
    if lessons:
        children = html.Div([_chart(words, lessons), _table(words, lessons)], className="lessons")
    else:
        children = empty(icon_name="book", title=words("no_tries"), text=words("no_tries_text"))
    note = words("lessons_hard_text")
    return panel(id_="lessons", title=words("lessons_hard"), icon_name="target", note=note, children=children)


def _chart(words: Words, lessons: list[LessonTries]) -> Component:
    graph = dcc.Graph(
        id="lesson-chart",
        figure=make_figure(words, lessons),
        config={"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False},
        style={"minHeight": f"{ROW_PX * len(lessons) + 56}px"},
        responsive=True,
    )
    return html.Div(graph, className="chart", role="img", **aria(label=words("chart")))


def make_figure(words: Words, lessons: list[LessonTries]) -> dict[str, Any]:
    """The chart as Plotly's JSON. Colours of text and lines come from the style sheet, so that both themes fit."""
    layout = {
        "font": {"family": FONTS, "size": 13},
        "margin": {"l": 8, "r": 72, "t": 8, "b": 32},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "bargap": 0.34,
        "barmode": "overlay",  # every row has one bar: traces must not share its height
        "dragmode": False,
        "showlegend": False,
        "xaxis": {
            "range": [0, 100],
            "tickvals": [0, 50, 100],
            "ticktext": [words.percent(share) for share in (0.0, 0.5, 1.0)],
            "fixedrange": True,
            "zeroline": False,
        },
        "yaxis": {
            "tickvals": list(range(len(lessons))),
            "ticktext": [f"{lesson.number} {_shortened(lesson.title)} " for lesson in lessons],
            "range": [len(lessons) - 0.5, -0.5],
            "automargin": True,
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
        },
    }
    return {"data": [trace for kind in Band if (trace := _bars(words, lessons, kind))], "layout": layout}


def _bars(words: Words, lessons: list[LessonTries], kind: Band) -> dict[str, Any] | None:
    """The bars of one band: a trace of its own, because Plotly hatches by trace."""
    # Rows are told apart by number: titles may repeat, and Plotly would join equal labels into one bar.
    rows = [(row, lesson) for row, lesson in enumerate(lessons) if band(lesson.tries) is kind]
    if not rows:
        return None
    colour, shape = _FILLS[kind]
    percents = [words.percent(lesson.tries.rate) for _row, lesson in rows]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [row for row, _lesson in rows],
        "x": [round((lesson.tries.rate or 0) * 100) for _row, lesson in rows],
        "text": [f"{percent} ({lesson.tries.total})" for percent, (_row, lesson) in zip(percents, rows, strict=True)],
        "textposition": "outside",
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [f"{percent} · {words(f'band_{kind}')}" for percent in percents],
        "marker": {
            "color": colour,
            "pattern": {"fillmode": "overlay", "shape": shape, "fgcolor": "#22304F", "fgopacity": 0.3, "size": 7},
            "cornerradius": 6,
        },
    }


def _shortened(title: str) -> str:
    # Plotly reads a little HTML in labels; a title is text.
    plain = title.replace("&", "&amp;").replace("<", "&lt;")
    return plain if len(title) <= TITLE_LETTERS else title[: TITLE_LETTERS - 1].rstrip().replace("<", "&lt;") + "…"


def _table(words: Words, lessons: list[LessonTries]) -> Component:
    labels = [words(key) for key in ("lesson", "rate", "tries", "students_short")]
    parts = [head(labels)]
    names_courses = len({lesson.course_title for lesson in lessons}) > 1
    for (course, module, language), group in groupby(lessons, key=_module):
        title = f"{course} · {module}" if names_courses else module
        heading = html.Th(title, role="rowheader", scope="rowgroup", colSpan=len(labels), lang=language)
        rows = [_table_row(words, lesson, labels) for lesson in group]
        parts.append(html.Tbody([html.Tr(heading, role="row", className="group"), *rows], role="rowgroup"))
    return html.Table(parts, className="cards by-lesson", role="table", **aria(labelledby="lessons-title"))


def _module(lesson: LessonTries) -> tuple[str, str, str]:
    return lesson.course_title, lesson.module_title, lesson.language


def _table_row(words: Words, lesson: LessonTries, labels: list[str]) -> Component:
    kind = band(lesson.tries)
    name = html.Th(
        [html.Span(lesson.number, className="lesson-number"), html.Span(lesson.title, lang=lesson.language)],
        role="rowheader",
        scope="row",
        className="name",
    )
    verdict = html.Span(words(f"band_{kind}"), className=f"band band-{kind}")
    rate: list[str | Component] = [html.Span(words.percent(lesson.tries.rate)), verdict]
    return html.Tr(
        [
            name,
            cell(labels[1], rate, "rate"),
            cell(labels[2], words.number(lesson.tries.total), "number"),
            cell(labels[3], words.number(lesson.students), "number"),
        ],
        role="row",
    )
