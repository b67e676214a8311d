"""A class's day as panels: six figures, who needs help, who did what."""

from datetime import date

from dash import html
from dash.development.base_component import Component

from analytics.figures import (
    ClassroomDay,
    FailsLesson,
    FarUnderClass,
    HelpNeeded,
    MissesDays,
    Reason,
    StudentDay,
    Summary,
    week_start,
)
from dashboard.elements import Content, aria, cell, empty, head, icon, panel
from dashboard.words import Words

#: More than this and the list pushes the day itself off the screen; the rest opens on demand.
HELP_SHOWN = 6


def draw_summary(words: Words, summary: Summary, *, day: date, today: date, join_code: str | None) -> Component:
    """The six figures; beside the number of students the code with which more of them can come."""
    when = words("so_far_today") if day == today else words("on_this_day")
    tries = words.count("accuracy_of", summary.tries.total)
    monday = words("since_monday", day=words.short_day(week_start(day)))
    in_class = words("code_is", code=join_code) if join_code else words("in_class")
    active = words("active_of", active=words.number(summary.active), students=words.number(summary.students))
    return html.Dl(
        [
            _tile("sky", "people", words("students"), words.number(summary.students), in_class),
            _tile("leaf", "bolt", words("active"), active, when),
            _tile("teal", "book", words("lessons"), words.number(summary.lessons_completed), when),
            _tile("lilac", "speech", words("answers"), words.number(summary.answers), when),
            _tile("coral", "target", words("accuracy"), words.percent(summary.tries.rate), tries),
            _tile("sun", "star", words("xp_week"), words.number(summary.xp_this_week), monday),
        ],
        className="tiles",
    )


def _tile(colour: str, icon_name: str, label: str, figure: str, note: str) -> Component:
    return html.Div(
        [
            html.Dt([html.Span(icon(icon_name), className="tile-icon"), label]),
            html.Dd([html.Span(figure, className="tile-figure"), html.Span(note, className="tile-note")]),
        ],
        className=f"tile tile-{colour}",
    )


def draw_help(words: Words, needed: list[HelpNeeded]) -> Component:
    """The students who need help, with the reasons in words."""
    children: Content
    if needed:
        shown = html.Ul([_help_item(words, help_) for help_ in needed[:HELP_SHOWN]], className="help")
        children = [shown, *_more_help(words, needed[HELP_SHOWN:])]
    else:
        children = empty(icon_name="check", title=words("help_nobody"), text=words("help_nobody_text"), mood="good")
    return panel(id_="help", title=words("help"), icon_name="ring", note=words("help_now"), children=children)


def _more_help(words: Words, rest: list[HelpNeeded]) -> list[Component]:
    if not rest:
        return []
    items = html.Ul([_help_item(words, help_) for help_ in rest], className="help")
    return [html.Details([html.Summary(words.count("help_more", len(rest))), items], className="more")]


def _help_item(words: Words, help_: HelpNeeded) -> Component:
    reasons = [
        html.Li([icon(icon_name), html.Span(text)], className="reason")
        for icon_name, text in (_reason(words, reason) for reason in help_.reasons)
    ]
    return html.Li([html.P(help_.display_name, className="help-name"), html.Ul(reasons)], className="help-item")


def _reason(words: Words, reason: Reason) -> tuple[str, str]:
    match reason:
        case FailsLesson(lesson):
            return "repeat", words.count("reason_fails", lesson.wrong, lesson=lesson.title)
        case MissesDays(school_days, last_active_on) if last_active_on is not None:
            return "calendar", words.count("reason_misses", school_days, day=words.day(last_active_on))
        case MissesDays(school_days):
            return "calendar", words.count("reason_never", school_days)
        case FarUnderClass(rate, class_rate):
            rates = {"rate": words.percent(rate), "class_rate": words.percent(class_rate)}
            return "down", words("reason_far_under", **rates)


def draw_students(words: Words, classroom_day: ClassroomDay, *, today: date, time_zone: str) -> Component:
    """Who did what: those who practised first, then, in a part of their own, those who have not."""
    is_today = classroom_day.day == today
    active = [student for student in classroom_day.students if student.is_active]
    absent = [student for student in classroom_day.students if not student.is_active]
    labels = [words(key) for key in ("student", "lessons_short", "answers", "accuracy", "xp", "streak", "last_active")]
    parts = [head(labels)]
    if active:
        rows = [_active_row(words, student, labels, today=today, time_zone=time_zone) for student in active]
        parts.append(_group("active", words.count("practised", len(active)), rows, len(labels)))
    if absent:
        nothing = words("nothing_today" if is_today else "nothing_then")
        rows = [_absent_row(words, student, labels, nothing, today=today, time_zone=time_zone) for student in absent]
        title = words.count("not_practised" if is_today else "not_practised_then", len(absent))
        parts.append(_group("absent", title, rows, len(labels)))
    table = html.Table(parts, className="cards students", role="table", **aria(labelledby="who-title"))
    children: list[str | Component] = [table]
    if not active:
        key = "nobody_today" if is_today else "nobody_then"
        children.insert(0, empty(icon_name="bolt", title=words(key), text=words(f"{key}_text")))
    note = words.day(classroom_day.day)
    return panel(id_="who", title=words("who"), icon_name="people", note=note, children=children)


def _group(kind: str, title: str, rows: list[Component], columns: int) -> Component:
    mark = icon("check" if kind == "active" else "pause")
    heading = html.Th([mark, title], role="rowheader", scope="rowgroup", colSpan=columns)
    return html.Tbody([html.Tr(heading, role="row", className="group"), *rows], role="rowgroup", className=kind)


def _active_row(words: Words, student: StudentDay, labels: list[str], *, today: date, time_zone: str) -> Component:
    return html.Tr(
        [
            _name(student),
            cell(labels[1], words.number(student.lessons_completed), "number"),
            cell(labels[2], words.number(student.answers), "number"),
            cell(labels[3], _rate(words, student), "rate"),
            cell(labels[4], words.number(student.xp), "number"),
            cell(labels[5], _streak(words, student), "streak"),
            cell(labels[6], _last_active(words, student, today=today, time_zone=time_zone), "last"),
        ],
        role="row",
    )


def _absent_row(
    words: Words, student: StudentDay, labels: list[str], nothing: str, *, today: date, time_zone: str
) -> Component:
    dashes = [cell(label, "–", "number skip-on-phone") for label in labels[2:5]]
    return html.Tr(
        [
            _name(student),
            cell(labels[1], nothing, "nothing skip-on-phone"),
            *dashes,
            cell(labels[5], _streak(words, student), "streak" if student.streak.length else "streak skip-on-phone"),
            cell(labels[6], _last_active(words, student, today=today, time_zone=time_zone), "last"),
        ],
        role="row",
    )


def _name(student: StudentDay) -> Component:
    return html.Th(student.display_name, role="rowheader", scope="row", className="name")


def _rate(words: Words, student: StudentDay) -> list[Component]:
    rate = student.tries.rate
    of = html.Span(f"{student.tries.right}/{student.tries.total}", className="of") if rate is not None else html.Span()
    return [html.Span(words.percent(rate)), of]


def _streak(words: Words, student: StudentDay) -> Content:
    if not student.streak.length:
        return "–"
    days: list[str | Component] = [icon("flame"), words.count("streak_days", student.streak.length)]
    if student.streak.is_done_today:
        return html.Span(days, className="flame")
    return [html.Span(days, className="flame flame-open"), html.Span(words("streak_open"), className="of")]


def _last_active(words: Words, student: StudentDay, *, today: date, time_zone: str) -> str:
    if student.last_active_at is None:
        return words("never")
    return words.moment(student.last_active_at, today=today, time_zone=time_zone)
