"""Small pieces that every panel is made of. Colours come from the style sheet by class; words from the caller."""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

Content = str | Component | Sequence[str | Component]


def aria(**attributes: str) -> dict[str, Any]:
    """ARIA attributes as Dash takes them: `**aria(label="…")`."""
    return {f"aria-{name}": value for name, value in attributes.items()}


def icon(name: str) -> Component:
    """A picture from `assets/icons`, drawn in the colour of the text; always beside words that say the same."""
    return html.Span(className=f"icon icon-{name}", **aria(hidden="true"))


def panel(*, id_: str, title: str, icon_name: str, note: str, children: Content) -> Component:
    """A part of the page with a heading of its own."""
    heading = html.Div([icon(icon_name), html.H2(title, id=f"{id_}-title"), html.P(note)], className="panel-heading")
    return html.Section([heading, html.Div(children)], className="panel", **aria(labelledby=f"{id_}-title"))


def empty(*, icon_name: str, title: str, text: Content, mood: str = "calm") -> Component:
    """What stands where there is nothing to show yet: what it means, and what will happen."""
    return html.Div(
        [
            html.Span(icon(icon_name), className="empty-picture"),
            html.Div([html.P(title, className="empty-title"), html.P(text, className="empty-text")]),
        ],
        className=f"empty empty-{mood}",
    )


def cell(label: str, children: Content, class_name: str = "") -> Component:
    """A cell of a table that becomes a card on a phone, where the heading is gone and the label stands beside."""
    attributes: dict[str, Any] = {"data-label": label}
    return html.Td(children, role="cell", className=class_name, **attributes)


def head(labels: Sequence[str]) -> Component:
    """The headings of a table that becomes cards on a phone."""
    cells = [html.Th(label, role="columnheader", scope="col") for label in labels]
    return html.Thead(html.Tr(cells, role="row"), role="rowgroup")
