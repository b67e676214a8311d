"""The notation authors write accepted answers in.

`(a|b)` is one of several, `[a|b]` and `[a]` are one of several or nothing. Groups nest and may hold several words, or a
part of one: `l'(ami|amie)`, `colo[u]r`. A backslash takes the next character literally.

A pattern becomes segments: stretches of text between places where a word can begin or end. Alternatives stay side by
side, so the number of segments follows the length of the pattern and not the number of sentences it stands for.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

MAX_CHARACTERS = 2_000
MAX_DEPTH = 20
# Alternatives inside one word multiply: `(a|b)(c|d)` is four spellings. Past this the author means something else.
MAX_SPELLINGS = 500

_CLOSING = {"(": ")", "[": "]"}
_SPACES = re.compile(r"(\s+)")


class PatternError(ValueError):
    """A pattern that cannot be read. The message names the column (from 1) and the mend."""

    def __init__(self, pattern: str, column: int, mend: str) -> None:
        super().__init__(f"column {column}: {mend} (in {pattern[:80]!r})")
        self.pattern = pattern
        self.column = column
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    column: int


@dataclass(frozen=True, slots=True)
class Group:
    branches: tuple["Branch", ...]
    is_optional: bool
    column: int


Branch = tuple[Text | Group, ...]


class Segment(NamedTuple):
    """`text` leads from place `source` to place `target`; source < target, so places are in topological order."""

    source: int
    target: int
    text: str


class _Frame:
    """A group being read, or the whole pattern when `opening` is empty."""

    def __init__(self, opening: str, column: int) -> None:
        self.opening = opening
        self.column = column
        self.branches: list[Branch] = []
        self.items: list[Text | Group] = []
        self.text: list[str] = []
        self.text_column = column

    def add_character(self, character: str, column: int) -> None:
        if not self.text:
            self.text_column = column
        self.text.append(character)

    def end_text(self) -> None:
        if self.text:
            self.items.append(Text("".join(self.text), self.text_column))
            self.text = []

    def end_branch(self, pattern: str, column: int) -> None:
        self.end_text()
        if not any(isinstance(item, Group) or item.text.strip() for item in self.items):
            raise PatternError(
                pattern,
                column,
                f"nothing stands before {pattern[column - 1]!r}; for a word that may be left out write [word]",
            )
        self.branches.append(tuple(self.items))
        self.items = []


def parse(pattern: str) -> Branch:
    """The items of a pattern in order. Raises PatternError for anything but balanced, non-empty groups."""
    if len(pattern) > MAX_CHARACTERS:
        raise PatternError(
            pattern, MAX_CHARACTERS, f"longer than {MAX_CHARACTERS} characters; write several accepted answers"
        )
    frames = [_Frame("", 1)]
    column = 0
    while column < len(pattern):
        character = pattern[column]
        column += 1
        if character == "\\":
            if column == len(pattern):
                raise PatternError(pattern, column, "a backslash at the end escapes nothing; remove it or write two")
            frames[-1].add_character(pattern[column], column)
            column += 1
        elif character in "([":
            _open(frames, pattern, column)
        elif character in ")]":
            _close(frames, pattern, column)
        elif character == "|":
            if len(frames) == 1:
                raise PatternError(
                    pattern, column, "'|' outside brackets; write (one|other), or \\| for the sign itself"
                )
            frames[-1].end_branch(pattern, column)
        else:
            frames[-1].add_character(character, column)
    if len(frames) > 1:
        opening = frames[-1].opening
        raise PatternError(
            pattern, frames[-1].column, f"{opening!r} is never closed; add {_CLOSING[opening]!r} or write \\{opening}"
        )
    frames[0].end_text()
    return tuple(frames[0].items)


def _open(frames: list[_Frame], pattern: str, column: int) -> None:
    if len(frames) > MAX_DEPTH:
        raise PatternError(pattern, column, f"brackets nested deeper than {MAX_DEPTH}; write several accepted answers")
    frames[-1].end_text()
    frames.append(_Frame(pattern[column - 1], column))


def _close(frames: list[_Frame], pattern: str, column: int) -> None:
    closing = pattern[column - 1]
    frame = frames[-1]
    if not frame.opening:
        raise PatternError(pattern, column, f"{closing!r} closes nothing; remove it or write \\{closing}")
    if _CLOSING[frame.opening] != closing:
        raise PatternError(
            pattern,
            column,
            f"{frame.opening!r} of column {frame.column} is closed by {closing!r}; write {_CLOSING[frame.opening]!r}",
        )
    frame.end_branch(pattern, column)
    frames.pop()
    frames[-1].items.append(Group(tuple(frame.branches), frame.opening == "[", frame.column))


def canonical(pattern: str) -> str:
    """The sentence a pattern is shown as: first branches, optional words kept, single spaces, NFC."""
    return unicodedata.normalize("NFC", " ".join(_first_text(parse(pattern)).split()))


def _first_text(branch: Branch) -> str:
    return "".join(item.text if isinstance(item, Text) else _first_text(item.branches[0]) for item in branch)


def segments(pattern: str, *, is_spaced: bool) -> tuple[list[Segment], int]:
    """The segments of a pattern and its last place; the first place is 0.

    With `is_spaced` a segment runs from one space to the next, whatever groups it crosses, so a word written across
    brackets comes out whole. Without it (scripts that put no spaces between words) every stretch of text is a segment.
    Raises PatternError, also when the spellings of one word multiply past MAX_SPELLINGS.
    """
    network = _Network(pattern)
    last = network.add(parse(pattern), 0)
    if is_spaced:
        return network.whole_words(last), last
    return [Segment(source, target, text) for source, links in enumerate(network.links) for text, target in links], last


class _Network:
    """The pattern as places joined by stretches of text that are all space, have no space, or are empty."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.links: list[list[tuple[str, int]]] = [[]]
        self.columns = [1]

    def add(self, branch: Branch, start: int) -> int:
        """Append a branch at `start`; returns where it ends. New places are numbered after all they follow."""
        for item in branch:
            if isinstance(item, Text):
                column = item.column
                for stretch in filter(None, _SPACES.split(item.text)):
                    column += len(stretch)
                    start = self._link(start, stretch, column)
            else:
                ends = [self.add(inner, start) for inner in item.branches]
                if item.is_optional:
                    ends.append(start)
                meeting = self._place(item.column)
                for end in ends:
                    self.links[end].append(("", meeting))
                start = meeting
        return start

    def whole_words(self, last: int) -> list[Segment]:
        found: list[Segment] = []
        beginnings = [0]
        known = {0}
        for beginning in beginnings:
            for segment in self._from(beginning, last):
                found.append(segment)
                if segment.target not in known and segment.target != last:
                    known.add(segment.target)
                    beginnings.append(segment.target)
        return found

    def _from(self, beginning: int, last: int) -> list[Segment]:
        """Everything that can be written from a place up to and including the next space, or to the end."""
        found: list[Segment] = []
        queue = [(beginning, "")]
        seen = set(queue)
        for place, text in queue:
            if place == last:
                found.append(Segment(beginning, last, text))
            for stretch, target in self.links[place]:
                if stretch.isspace():
                    found.append(Segment(beginning, target, text + stretch))
                elif (target, text + stretch) not in seen:
                    seen.add((target, text + stretch))
                    queue.append((target, text + stretch))
            if len(found) > MAX_SPELLINGS or len(queue) > 8 * MAX_SPELLINGS:
                mend = f"more than {MAX_SPELLINGS} spellings of a word; put spaces between groups or write more answers"
                raise PatternError(self.pattern, self.columns[beginning], mend)
        return found

    def _link(self, source: int, text: str, column: int) -> int:
        target = self._place(column)
        self.links[source].append((text, target))
        return target

    def _place(self, column: int) -> int:
        self.links.append([])
        self.columns.append(column)
        return len(self.links) - 1
