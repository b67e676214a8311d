"""The accepted answers of a question as one graph whose edges are words.

No list of sentences is ever written out: alternatives stay side by side, so the graph grows with the length of the
patterns and not with the number of sentences they stand for.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from curriculum.patterns import PatternError, Segment, canonical, segments
from curriculum.spelling import (
    Token,
    base_language,
    capital,
    fold,
    is_accent,
    is_spaced,
    spellings,
    tokenise,
    without_apostrophes,
)

MAX_ACCEPTED_WORDS = 150


class Edge(NamedTuple):
    source: int
    word: int  # index into AnswerGraph.words; -1 leads on without a word
    written: str
    text: str  # what this step adds to the sentence, spaces and punctuation included
    pattern: int


@dataclass(frozen=True, slots=True, eq=False)
class AnswerGraph:
    """Every accepted sentence of a question: the paths from node 0 to the last one. Made by `compile_answers`."""

    language: str
    patterns: tuple[str, ...]  # canonical
    incoming: tuple[tuple[Edge, ...], ...]  # by node, in topological order
    words: tuple[str, ...]  # normalised, each once
    letters: tuple[str, ...]  # the words without their apostrophes
    folded_letters: tuple[str, ...]
    budgets: tuple[int, ...]  # edits that are still a typo, by word
    by_word: Mapping[str, int]
    by_letters: Mapping[str, tuple[tuple[int, str], ...]]  # of each spelling without accents: word, that spelling
    longest: int  # words on the longest path

    @property
    def edge_count(self) -> int:
        return sum(map(len, self.incoming))

    def sentence(self, path: Sequence[Edge]) -> str:
        """A path as its author would write it: what is left out takes its space, its comma and its capital along."""
        text = unicodedata.normalize("NFC", " ".join("".join(edge.text for edge in path).split())).lstrip(" ,;:")
        text = re.sub(" (?=[.,…])" if self.language == "fr" else " (?=[.,…?!;:])", "", text)
        text = re.sub("(?<=[¿¡]) ", "", text)
        first = next((place for place, sign in enumerate(text) if sign.isalnum()), 0)
        model = next((sign for sign in self.patterns[path[0].pattern] if sign.isalnum()), "")
        if not model.isupper() or not text[first : first + 1].islower():
            return text
        return text[:first] + capital(text[first], self.language) + text[first + 1 :]


# A node while the graph is built: (pattern, place, step inside a stretch of several words). They sort topologically.
_Place = tuple[int, int, int]
_START: _Place = (-1, 0, 0)


@lru_cache(maxsize=1_024)
def compile_answers(patterns: tuple[str, ...], *, language: str) -> AnswerGraph:
    """The graph of all sentences the patterns stand for; the same graph whatever their order.

    Raises PatternError if there is no pattern, or one cannot be read, can be left wholly empty, or exceeds 2,000
    characters or 150 words.
    """
    if not patterns:
        raise PatternError("", 1, "no accepted answer; write at least one")
    language = base_language(language)
    patterns = tuple(sorted(set(patterns)))
    incoming, indices = _edges(patterns, language)
    folded = [fold(word, language) for word in indices]
    by_letters: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for word, index in indices.items():
        for spelling in spellings(word, language):
            by_letters[without_apostrophes(spelling)].append((index, spelling))
    return AnswerGraph(
        language=language,
        patterns=tuple(map(canonical, patterns)),
        incoming=incoming,
        words=tuple(indices),
        letters=tuple(map(without_apostrophes, indices)),
        folded_letters=tuple(map(without_apostrophes, folded)),
        budgets=tuple(_budget(word, language) for word in indices),
        by_word=indices,
        by_letters={letters: tuple(found) for letters, found in by_letters.items()},
        longest=_longest(incoming, patterns),
    )


def _edges(patterns: Sequence[str], language: str) -> tuple[tuple[tuple[Edge, ...], ...], dict[str, int]]:
    """The edges into each node, nodes in topological order, and the words they carry, numbered."""
    indices: dict[str, int] = {}
    incoming: dict[_Place, dict[tuple[_Place, int], Edge]] = defaultdict(dict)
    for number, pattern in enumerate(patterns):
        for source, target, token, text in _steps(number, pattern, len(patterns), language):
            index = -1 if token is None else indices.setdefault(token.normal, len(indices))
            edge = Edge(0, index, "" if token is None else token.written, text, number)
            incoming[target].setdefault((source, index), edge)
    nodes = {place: node for node, place in enumerate([_START, *sorted(incoming)])}
    edges = tuple(
        tuple(edge._replace(source=nodes[source]) for (source, _), edge in incoming.get(place, {}).items())
        for place in nodes
    )
    return edges, indices


def _steps(number: int, pattern: str, end: int, language: str) -> Iterator[tuple[_Place, _Place, Token | None, str]]:
    """A pattern's edges, one word at most on each."""
    parts, last = segments(pattern, is_spaced=is_spaced(language))
    steps = 0
    for source, target, text in parts or [Segment(0, last, "")]:
        here = (number, source, 0) if source else _START
        after = (number, target, 0) if target != last else (end, 0, 0)
        tokens = tokenise(text, language)
        if not tokens:
            yield here, after, None, text
        for position, token in enumerate(tokens, 1):
            steps += 1
            there = after if position == len(tokens) else (number, source, steps)
            yield here, there, token, text if position == 1 else ""
            here = there


def _longest(incoming: Sequence[Sequence[Edge]], patterns: Sequence[str]) -> int:
    """Words on the longest path. Raises PatternError for a pattern that is too long or has a path without words."""
    lengths = [0] * len(incoming)
    is_wordless = [True, *[False] * (len(incoming) - 1)]
    for node, edges in enumerate(incoming):
        for edge in edges:
            has_word = edge.word >= 0
            lengths[node] = max(lengths[node], lengths[edge.source] + has_word)
            is_wordless[node] = is_wordless[node] or (is_wordless[edge.source] and not has_word)
            if node == len(incoming) - 1 and is_wordless[edge.source] and not has_word:
                raise PatternError(
                    patterns[edge.pattern], 1, "can be left wholly empty; keep a word outside square brackets"
                )
            if lengths[node] > MAX_ACCEPTED_WORDS:
                raise PatternError(
                    patterns[edge.pattern], 1, f"longer than {MAX_ACCEPTED_WORDS} words; ask for less at once"
                )
    return lengths[-1]


def _budget(word: str, language: str) -> int:
    """Edits that leave a word recognisable: none up to 3 letters, one from 4, two from 8.

    None in a number, where every digit counts, and none between the signs of a spaceless script.
    """
    letters = sum(sign != "'" and not is_accent(sign) for sign in word)
    if letters < 4 or not is_spaced(language) or any(map(str.isdigit, word)):
        return 0
    return 1 if letters < 8 else 2
