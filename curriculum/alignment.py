"""A typed answer laid beside the cheapest path through the graph of accepted ones.

The time follows (words typed) x (edges of the graph), however many sentences are accepted.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from curriculum.answer_graph import AnswerGraph, Edge
from curriculum.spelling import Token, fold, is_spaced, lacks_only_apostrophes, spellings, without_apostrophes


class DiffKind(StrEnum):
    EQUAL = "equal"
    ACCENT = "accent"
    TYPO = "typo"
    WRONG = "wrong"
    MISSING = "missing"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class DiffWord:
    """One step of the alignment; words as they were written. MISSING has no `given`, EXTRA no `expected`."""

    kind: DiffKind
    expected: str | None
    given: str | None


# A cost is one integer, most significant first: words wrong, missing or extra; typos; accent slips; and, to choose
# among equally wrong answers, how unlike the words are. `answer_graph.MAX_ACCEPTED_WORDS` keeps every count below the
# next unit.
_UNLIKE = 10
_MINOR = 10**5
_MAJOR = 10**9
_FAULT = 10**13
_OTHER_WORD = _FAULT + _UNLIKE
# A hair less than another word: "do go" is nearer to "do not go" than to "don't go".
_ONE_MORE_OR_LESS = _OTHER_WORD - 1

# Share of letters changed up to which a wrong word still tells which accepted one was meant.
_RELATED = 0.5
# The largest share a typo can have, one letter of four. All that is looked for when the comparisons are many.
_TYPO_AT_MOST = 0.25
_MANY_COMPARISONS = 4_000


class _Match(NamedTuple):
    cost: int
    kind: DiffKind


_EQUAL = _Match(0, DiffKind.EQUAL)
# Where `its` and `it's` are both accepted, the one that was typed is the nearer.
_EQUAL_BUT_FOR_APOSTROPHES = _Match(1, DiffKind.EQUAL)
_UNRELATED = _Match(_OTHER_WORD, DiffKind.WRONG)


def align(
    tokens: Sequence[Token], graph: AnswerGraph, *, is_strict: bool, lexicon: frozenset[str]
) -> tuple[list[Edge], list[DiffWord]]:
    """The nearest accepted sentence, as a path of the graph, and what became of each word on either side.

    With `is_strict` an accent slip weighs more than a typo, without it less. Ties go to the edge written first.
    """
    steps = list(_CostTable(tokens, graph, is_strict, lexicon).steps_back())[::-1]
    return [edge for edge, _ in steps if edge is not None], [word for _, word in steps if word is not None]


def _matches(
    word: str, graph: AnswerGraph, is_strict: bool, lexicon: frozenset[str], unlike_at_most: float
) -> dict[int, _Match]:
    """What a typed word is to each accepted word it resembles; to all others it is unrelated.

    In this order: equal, or lacking nothing but apostrophes; an accent slip; wrong if it is a real word itself; a typo;
    wrong. A real word lacks no apostrophe either: `well` is not `we'll`.
    """
    # A strict classroom fails a slip and lets a typo pass, so there a slip weighs more.
    slip = _Match(_MAJOR if is_strict else _MINOR, DiffKind.ACCENT)
    is_real = word in lexicon
    letters = without_apostrophes(word)
    found = _misspellings(word, graph, is_strict, is_real, unlike_at_most) if is_spaced(graph.language) else {}
    for spelling in spellings(word, graph.language):
        for index, other in graph.by_letters.get(without_apostrophes(spelling), ()):
            if spelling == other or (not is_real and lacks_only_apostrophes(spelling, other)):
                found[index] = _EQUAL_BUT_FOR_APOSTROPHES if letters == graph.letters[index] else slip
    if word in graph.by_word:
        found[graph.by_word[word]] = _EQUAL
    return found


def _misspellings(
    word: str, graph: AnswerGraph, is_strict: bool, is_real: bool, unlike_at_most: float
) -> dict[int, _Match]:
    """The accepted words of much the same letters: a typo within the budget, unless the typed word is a real one."""
    typo = _Match(_MINOR if is_strict else _MAJOR, DiffKind.TYPO)
    # Where accents may slip, they do not use up the letters that may be mistyped.
    letters = without_apostrophes(word if is_strict else fold(word, graph.language))
    choices = graph.letters if is_strict else graph.folded_letters
    found: dict[int, _Match] = {}
    for other, unlike, index in process.extract(
        letters, choices, scorer=DamerauLevenshtein.normalized_distance, score_cutoff=unlike_at_most, limit=None
    ):
        expected = graph.words[index]
        edits = round(unlike * max(len(letters), len(other)))
        needless = word.count("'") - expected.count("'")
        # Leaving an apostrophe out is free, putting one in is not: "they're" is no typo of "there".
        if not is_real and edits + max(0, needless) <= graph.budgets[index]:
            found[index] = typo
        elif (share := (edits + abs(needless)) / max(len(word), len(expected))) <= unlike_at_most:
            found[index] = _Match(_FAULT + round(_UNLIKE * share), DiffKind.WRONG)
    return found


class _CostTable:
    """Costs of reaching each node of the graph after each number of typed words, and the way back."""

    def __init__(self, tokens: Sequence[Token], graph: AnswerGraph, is_strict: bool, lexicon: frozenset[str]) -> None:
        self.tokens = tokens
        self.graph = graph
        known: dict[str, dict[int, _Match]] = {}
        is_long = len(tokens) * len(graph.words) > _MANY_COMPARISONS
        unlike_at_most = _TYPO_AT_MOST if is_long else _RELATED
        # By accepted word: the positions (from 1) of the typed words that resemble it.
        self.alike: dict[int, dict[int, _Match]] = defaultdict(dict)
        for position, token in enumerate(tokens, 1):
            if token.normal not in known:
                known[token.normal] = _matches(token.normal, graph, is_strict, lexicon, unlike_at_most)
            for index, match in known[token.normal].items():
                self.alike[index][position] = match
        self.rows: list[list[int]] = [[_ONE_MORE_OR_LESS * position for position in range(len(tokens) + 1)]]
        for edges in graph.incoming[1:]:
            self.rows.append(self._row(edges))

    def _row(self, edges: Sequence[Edge]) -> list[int]:
        best: list[int] | None = None
        for edge in edges:
            source = self.rows[edge.source]
            costs = source
            if edge.word >= 0:
                # An accepted word is missing (same position) or another stands in its place (the position before).
                costs = [
                    (here if here <= before else before + 1) + _ONE_MORE_OR_LESS
                    for here, before in zip(source, [source[0], *source], strict=False)
                ]
                for position, match in self.alike[edge.word].items():
                    costs[position] = min(costs[position], source[position - 1] + match.cost)
            best = costs if best is None else list(map(min, best, costs))
        assert best is not None, "every node but the first is reached by an edge"
        row = [cost := best[0]]
        for other in best[1:]:
            extra = cost + _ONE_MORE_OR_LESS
            cost = other if other < extra else extra
            row.append(cost)
        return row

    def steps_back(self) -> Iterator[tuple[Edge | None, DiffWord | None]]:
        """The cheapest path from its end to its beginning; ties go to the edge written first."""
        node, position = len(self.rows) - 1, len(self.tokens)
        while node or position:
            edge, match, source_position = self._step(node, position)
            given = self.tokens[position - 1].written if source_position < position else None
            if edge is None:
                yield None, DiffWord(DiffKind.EXTRA, None, given)
            elif edge.word < 0:
                yield edge, None
            else:
                yield edge, DiffWord(match.kind if match else DiffKind.MISSING, edge.written, given)
            node, position = edge.source if edge else node, source_position

    def _step(self, node: int, position: int) -> tuple[Edge | None, _Match | None, int]:
        """The edge a cell's cost came by, what the typed word is to it, and the position before it."""
        cost = self.rows[node][position]
        for edge in self.graph.incoming[node]:
            source = self.rows[edge.source]
            if edge.word < 0:
                if source[position] == cost:
                    return edge, None, position
                continue
            if position:
                match = self.alike[edge.word].get(position, _UNRELATED)
                if source[position - 1] + match.cost == cost:
                    return edge, match, position - 1
            if source[position] + _ONE_MORE_OR_LESS == cost:
                return edge, None, position
        return None, None, position - 1
