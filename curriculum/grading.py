"""Marking an answer: what was typed against every sentence the accepted patterns stand for, word by word.

The patterns of a question become one graph whose edges are words; no list of sentences is ever written out. An answer
is aligned with the cheapest path through it, so the time follows (words typed) x (edges), however many sentences there
are.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from curriculum.patterns import PatternError, Segment, canonical, segments

__all__ = [
    "Accents", "AnswerGraph", "DiffKind", "DiffWord", "Marking", "PatternError", "Verdict",
    "canonical", "compile_answers", "mark", "mark_choice", "mark_pairs", "words",
]  # fmt: skip

MAX_ANSWER_CHARACTERS = 2_000
MAX_ACCEPTED_WORDS = 150
# How many words past the longest accepted answer are still compared; what follows can only be superfluous.
SPARE_WORDS = 16


class Verdict(StrEnum):
    CORRECT = "correct"
    ACCENT_SLIP = "accent_slip"
    TYPO = "typo"
    WRONG = "wrong"
    SKIPPED = "skipped"


class Accents(StrEnum):
    """What a classroom makes of a missing or wrong accent: nothing, a warning, a mistake."""

    LENIENT = "lenient"
    WARN = "warn"
    STRICT = "strict"


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


@dataclass(frozen=True, slots=True)
class Marking:
    verdict: Verdict
    diff: tuple[DiffWord, ...]
    solution: str

    @property
    def passed(self) -> bool:
        return self.verdict is not Verdict.WRONG


# Normalisation: one spelling for what is not a difference.

_APOSTROPHES = "'’‘‛ʼʻʹ`´′＇"
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))

# Letters (and signs) that are two ways of writing the same word, after lower case.
_SAME_SPELLING: Mapping[str, Mapping[str, str]] = {
    "ru": {"ё": "е"},  # the dots are optional
    "de": {"ß": "ss"},  # Swiss spelling, and capitals before 2017
    "el": {"ς": "σ"},  # sigma at the end of a word
    "ro": {"ş": "ș", "ţ": "ț"},  # cedillas of older keyboards for commas below
}

# Marks that are no part of the spelling: the acute shows stress in Russian textbooks.
_UNSPELT = {"ru": "\u0301"}

# Lower case differs: the dotted and the dotless i are two letters.
_TURKIC = frozenset({"tr", "az"})
_TURKIC_LOWER = str.maketrans({"I": "ı", "İ": "i"})

# Scripts that put no spaces between words: their words are compared sign by sign.
_SPACELESS = frozenset({"ja", "zh", "th"})
# Their keyboards write Latin letters, digits and kana in full and in half width.
_WIDTHS = frozenset({"ja", "zh"})

# Letters in their own right: leaving their mark off is another letter, not a missing accent.
_OWN_LETTERS: Mapping[str, frozenset[str]] = {
    language: frozenset(letters)
    for language, letters in {
        "es": "ñ",  # between n and o in the alphabet: año is year, ano is not
        "gl": "ñ",
        "ru": "й",  # a consonant, и is a vowel: мой is my, мои its plural
        "uk": "йї",  # й as in Russian; ї is [ji]: їм is I eat, ім is nothing
        "be": "йў",  # ў is the consonant of у
        "bg": "й",
        "tr": "ıışçğöü",  # other sounds: ılık/ilik, şık/sık, aç/ac, öl/ol; only â î û carry an accent
        "az": "ıışçğöü",
        "sv": "åäö",  # vowels at the end of the alphabet: får sheep, far father
        "fi": "åäö",  # näin I saw, nain I marry
        "et": "õäöüšž",
        "da": "åæø",
        "nb": "åæø",
        "nn": "åæø",
        "no": "åæø",
        "eo": "ĉĝĥĵŝŭ",  # each is one sound of its own
        "vi": "ăâđêôơư",  # letters of the alphabet; the tone marks on them are accents
        "zh": "ü",  # pinyin: lǜ green, lù road
    }.items()
}

# Joined letters and letters with a stroke, which Unicode does not take apart. They fold where they are no letters in
# their own right.
_PLAIN_LETTERS = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}

# The usual way round a keyboard without the letter; worth no more than a missing accent.
_SPELT_OUT = {"de": str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})}


class _Signs(dict[int, str]):
    """str.translate table, one sign for one: parts of words stay, apostrophes become one, all else becomes a space."""

    _MAX_REMEMBERED = 20_000

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        is_of_word = unicodedata.category(sign)[0] in "LMN"
        kept = "'" if sign in _APOSTROPHES else sign if is_of_word else " "
        if len(self) < self._MAX_REMEMBERED:
            self[code] = kept
        return kept


_SIGNS = _Signs()
# Apostrophes inside a word belong to it; those around it are quotation marks.
_WORD = re.compile("[^ ']+(?:'[^ ']+)*")


class _Token(NamedTuple):
    written: str
    normal: str


@lru_cache(maxsize=256)
def _base_language(language: str) -> str:
    """`es` of `es-MX`."""
    return language.replace("_", "-").partition("-")[0].lower()


def _is_spaced(language: str) -> bool:
    return language not in _SPACELESS


def _tokens(text: str, language: str) -> list[_Token]:
    """The words (in spaceless scripts: signs with their marks) of a text, as written and as compared."""
    if not text.isascii():
        # Soft hyphens, joiners and direction marks are invisible: nobody can be asked to type them.
        text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
        text = _composed(text, language)
        if language in _UNSPELT:
            text = unicodedata.normalize("NFC", text.replace(_UNSPELT[language], ""))
    spans = _word_spans(text) if _is_spaced(language) else _sign_spans(text)
    tokens = (_Token(written, _normal(written, language)) for written in spans)
    return [token for token in tokens if token.normal]


def _composed(text: str, language: str) -> str:
    return unicodedata.normalize("NFKC" if language in _WIDTHS else "NFC", text)


def _word_spans(text: str) -> Iterator[str]:
    return (text[found.start() : found.end()] for found in _WORD.finditer(text.translate(_SIGNS)))


def _sign_spans(text: str) -> Iterator[str]:
    span = ""
    for sign, kept in zip(text, text.translate(_SIGNS), strict=True):
        if span and unicodedata.category(sign)[0] == "M":
            span += sign
            continue
        if span:
            yield span
        span = sign if kept not in " '" else ""
    if span:
        yield span


def _normal(word: str, language: str) -> str:
    if language in _TURKIC:
        word = word.translate(_TURKIC_LOWER)
    word = word.translate(_ONE_APOSTROPHE).lower()
    if word.isascii():
        return word
    # Lower case can leave a letter apart from its mark, and another spelling can meet a mark: hence the loop.
    before = ""
    while before != word:
        before = word
        word = unicodedata.normalize("NFC", word)
        for one, other in _SAME_SPELLING.get(language, {}).items():
            word = word.replace(one, other)
    return word


def words(text: str, *, language: str) -> list[str]:
    """The words of a text as they are compared; in languages written without spaces, its signs.

    NFC (full and half width made one in Japanese and Chinese), no punctuation (a hyphen parts words), one kind of
    apostrophe, lower case by language, ё = е in Russian, ß = ss in German. Normalising the result again changes
    nothing. A lexicon is built of these.
    """
    return [token.normal for token in _tokens(text, _base_language(language))]


def _fold(word: str, language: str) -> str:
    """A normalised word without its accents, letters in their own right kept."""
    if word.isascii():
        return word
    return "".join([_fold_letter(letter, language) for letter in word])


def _spellings(word: str, language: str) -> set[str]:
    """What a word is on a keyboard without accents."""
    folded = _fold(word, language)
    return {folded, word.translate(_SPELT_OUT[language])} if language in _SPELT_OUT else {folded}


def _bare(word: str) -> str:
    return word.replace("'", "")


@lru_cache(maxsize=8_192)
def _fold_letter(letter: str, language: str) -> str:
    own = _OWN_LETTERS.get(language, frozenset())
    if letter in own:
        return letter
    folded = ""
    for part in unicodedata.normalize("NFD", letter):
        whole = unicodedata.normalize("NFC", folded + part)
        if whole in own:
            folded = whole  # Vietnamese ế is ê with a tone: the tone goes, the letter stays
        elif not _is_accent(part):
            folded += part
    return _PLAIN_LETTERS.get(folded, folded)


def _is_accent(mark: str) -> bool:
    """Marks on Latin, Greek and Cyrillic letters, Hebrew and Arabic points; other scripts write sounds as marks."""
    return "\u0300" <= mark <= "\u036f" or ("\u0591" <= mark <= "\u05c7" or "\u064b" <= mark <= "\u0652")


# The graph of accepted answers.


class _Edge(NamedTuple):
    source: int
    word: int  # index into AnswerGraph.words; -1 leads on without a word
    written: str
    text: str  # what this step adds to the sentence, spaces and punctuation included
    pattern: int


@dataclass(frozen=True, slots=True, eq=False)
class AnswerGraph:
    """Every accepted sentence of a question: the paths from node 0 to the last one. Made by `compile_answers`."""

    language: str
    patterns: tuple[str, ...]
    incoming: tuple[tuple[_Edge, ...], ...]  # by node, in topological order
    words: tuple[str, ...]  # normalised, each once
    folded: tuple[str, ...]
    budgets: tuple[int, ...]  # edits that are still a typo, by word
    by_word: Mapping[str, int]
    by_folded: Mapping[str, tuple[int, ...]]
    by_bare: Mapping[str, tuple[int, ...]]  # folded, without apostrophes
    longest: int  # words on the longest path

    @property
    def edge_count(self) -> int:
        return sum(map(len, self.incoming))


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
    language = _base_language(language)
    patterns = tuple(sorted(set(patterns)))
    indices: dict[str, int] = {}
    incoming: dict[_Place, dict[tuple[_Place, int], _Edge]] = defaultdict(dict)
    for number, pattern in enumerate(patterns):
        for source, target, token, text in _steps(number, pattern, len(patterns), language):
            index = -1 if token is None else indices.setdefault(token.normal, len(indices))
            edge = _Edge(0, index, "" if token is None else token.written, text, number)
            incoming[target].setdefault((source, index), edge)
    nodes = {place: node for node, place in enumerate([_START, *sorted(incoming)])}
    edges = tuple(
        tuple(edge._replace(source=nodes[source]) for (source, _), edge in incoming.get(place, {}).items())
        for place in nodes
    )
    folded = tuple(_fold(word, language) for word in indices)
    return AnswerGraph(
        language=language,
        patterns=tuple(map(canonical, patterns)),
        incoming=edges,
        words=tuple(indices),
        folded=folded,
        budgets=tuple(_budget(word, language) for word in indices),
        by_word=indices,
        by_folded=_grouped((key, index) for index, word in enumerate(indices) for key in _spellings(word, language)),
        by_bare=_grouped((_bare(word), index) for index, word in enumerate(folded)),
        longest=_longest(edges, patterns),
    )


def _steps(number: int, pattern: str, end: int, language: str) -> Iterator[tuple[_Place, _Place, _Token | None, str]]:
    """A pattern's edges, one word at most on each."""
    parts, last = segments(pattern, is_spaced=_is_spaced(language))
    steps = 0
    for source, target, text in parts or [Segment(0, last, "")]:
        here = (number, source, 0) if source else _START
        after = (number, target, 0) if target != last else (end, 0, 0)
        tokens = _tokens(text, language)
        if not tokens:
            yield here, after, None, text
        for position, token in enumerate(tokens, 1):
            steps += 1
            there = after if position == len(tokens) else (number, source, steps)
            yield here, there, token, text if position == 1 else ""
            here = there


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for key, index in pairs:
        found[key].append(index)
    return {key: tuple(indices) for key, indices in found.items()}


def _longest(incoming: Sequence[Sequence[_Edge]], patterns: Sequence[str]) -> int:
    """Words on the longest path. Raises PatternError for a pattern that is too long or has a path without words."""
    lengths = [0] * len(incoming)
    is_bare = [True, *[False] * (len(incoming) - 1)]
    for node, edges in enumerate(incoming):
        for edge in edges:
            has_word = edge.word >= 0
            lengths[node] = max(lengths[node], lengths[edge.source] + has_word)
            is_bare[node] = is_bare[node] or (is_bare[edge.source] and not has_word)
            if node == len(incoming) - 1 and is_bare[edge.source] and not has_word:
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
    letters = sum(sign != "'" and not _is_accent(sign) for sign in word)
    if letters < 4 or not _is_spaced(language) or any(map(str.isdigit, word)):
        return 0
    return 1 if letters < 8 else 2


# Alignment. A cost is one integer, most significant first: words wrong, missing or extra; typos; accent slips; and, to
# choose among equally wrong answers, how unlike the wrong words are. MAX_ACCEPTED_WORDS keeps every count below
# the next unit.

_UNLIKE = 10
# Share of letters changed up to which a wrong word still tells which accepted one was meant.
_RELATED = 0.5
# The largest share a typo can have, one letter of four. All that is looked for when the comparisons are many.
_TYPO_AT_MOST = 0.25
_MANY_COMPARISONS = 4_000
_MINOR = 10**5
_MAJOR = 10**9
_FAULT = 10**13
_OTHER_WORD = _FAULT + _UNLIKE
# A hair less than another word: "do go" is nearer to "do not go" than to "don't go".
_ONE_MORE_OR_LESS = _OTHER_WORD - 1


class _Match(NamedTuple):
    cost: int
    kind: DiffKind


_EQUAL = _Match(0, DiffKind.EQUAL)
_UNRELATED = _Match(_OTHER_WORD, DiffKind.WRONG)


def _matches(
    word: str, graph: AnswerGraph, accents: Accents, lexicon: frozenset[str], unlike_at_most: float
) -> dict[int, _Match]:
    """What a typed word is to each accepted word it resembles; to all others it is unrelated.

    In this order: equal; wrong if it is a real word itself; an accent slip; a typo; wrong.
    """
    is_strict = accents is Accents.STRICT
    # Where accents may slip, they do not use up the letters that may be mistyped.
    spelling = word if is_strict else _fold(word, graph.language)
    is_spaced = _is_spaced(graph.language)
    is_real = is_spaced and word in lexicon
    # A strict classroom fails a slip and lets a typo pass, so there a slip weighs more.
    typo = _Match(_MINOR if is_strict else _MAJOR, DiffKind.TYPO)
    slip = _Match(_MAJOR if is_strict else _MINOR, DiffKind.ACCENT)
    choices = graph.words if is_strict else graph.folded
    found: dict[int, _Match] = {}
    if is_spaced:
        for other, unlike, index in process.extract(
            spelling, choices, scorer=DamerauLevenshtein.normalized_distance, score_cutoff=unlike_at_most, limit=None
        ):
            edits = round(unlike * max(len(spelling), len(other)))
            if edits <= graph.budgets[index] and not is_real:
                found[index] = typo
            else:
                found[index] = _Match(_FAULT + round(10 * unlike), DiffKind.WRONG)
    if not is_real:
        bare = _bare(spelling)
        for index in graph.by_bare.get(_bare(_fold(word, graph.language)), ()):
            if _bare(choices[index]) == bare:
                found[index] = typo
        for key in _spellings(word, graph.language):
            for index in graph.by_folded.get(key, ()):
                found[index] = slip
    if word in graph.by_word:
        found[graph.by_word[word]] = _EQUAL
    return found


class _Alignment:
    """Costs of reaching each node of the graph after each number of typed words, and the way back."""

    def __init__(self, tokens: Sequence[_Token], graph: AnswerGraph, accents: Accents, lexicon: frozenset[str]) -> None:
        self.tokens = tokens
        self.graph = graph
        known: dict[str, dict[int, _Match]] = {}
        is_long = len(tokens) * len(graph.words) > _MANY_COMPARISONS
        unlike_at_most = _TYPO_AT_MOST if is_long else _RELATED
        # By accepted word: the positions (from 1) of the typed words that resemble it.
        self.alike: dict[int, dict[int, _Match]] = defaultdict(dict)
        for position, token in enumerate(tokens, 1):
            if token.normal not in known:
                known[token.normal] = _matches(token.normal, graph, accents, lexicon, unlike_at_most)
            for index, match in known[token.normal].items():
                self.alike[index][position] = match
        self.rows: list[list[int]] = [[_ONE_MORE_OR_LESS * position for position in range(len(tokens) + 1)]]
        for edges in graph.incoming[1:]:
            self.rows.append(self._row(edges))

    def _row(self, edges: Sequence[_Edge]) -> list[int]:
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

    def path(self) -> Iterator[tuple[_Edge | None, DiffWord | None]]:
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

    def _step(self, node: int, position: int) -> tuple[_Edge | None, _Match | None, int]:
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


# Verdicts.


def mark(
    given: str, accepted: AnswerGraph, *, accents: Accents = Accents.WARN, lexicon: frozenset[str] = frozenset()
) -> Marking:
    """Mark a typed sentence against the nearest accepted one.

    `lexicon` holds the real words of the course as `words` gives them: one of them in place of another is never a typo.
    Nearest means fewest words wrong, missing or extra, then fewest typos, then fewest accent slips (in a strict
    classroom slips count before typos). One typo passes, two from eight words on. An empty answer is wrong with
    everything missing.

    Never raises. Of an answer longer than 2,000 characters the rest is one extra word, written "…"; of its words only
    as many as the longest accepted answer has, and 16 more, are compared, the rest are extra. Either way it is wrong.
    """
    # Composed before it is cut: making widths one can turn a single sign into eighteen.
    given = " ".join(_composed(given, accepted.language).split())
    tokens = _tokens(given[:MAX_ANSWER_CHARACTERS], accepted.language)
    compared = tokens[: accepted.longest + SPARE_WORDS]
    steps = list(_Alignment(compared, accepted, accents, lexicon).path())[::-1]
    diff = [word for _, word in steps if word is not None]
    diff += [DiffWord(DiffKind.EXTRA, None, token.written) for token in tokens[len(compared) :]]
    if len(given) > MAX_ANSWER_CHARACTERS:
        diff.append(DiffWord(DiffKind.EXTRA, None, "…"))
    edges = [edge for edge, _ in steps if edge is not None]
    return Marking(_verdict(diff, accents), tuple(diff), _sentence(edges, accepted))


def _verdict(diff: Iterable[DiffWord], accents: Accents) -> Verdict:
    kinds = [word.kind for word in diff]
    typos, slips = kinds.count(DiffKind.TYPO), kinds.count(DiffKind.ACCENT)
    if typos + slips + kinds.count(DiffKind.EQUAL) < len(kinds) or (slips and accents is Accents.STRICT):
        return Verdict.WRONG
    if typos:
        return Verdict.TYPO if typos <= (1 if len(kinds) < 8 else 2) else Verdict.WRONG
    return Verdict.ACCENT_SLIP if slips and accents is Accents.WARN else Verdict.CORRECT


def _sentence(edges: Sequence[_Edge], graph: AnswerGraph) -> str:
    """The path as its author would write it: what is left out takes its space, its comma and its capital along."""
    text = unicodedata.normalize("NFC", " ".join("".join(edge.text for edge in edges).split())).lstrip(" ,;:")
    text = re.sub(" (?=[.,…])" if graph.language == "fr" else " (?=[.,…?!;:])", "", text)
    text = re.sub("(?<=[¿¡]) ", "", text)
    first = next((place for place, sign in enumerate(text) if sign.isalnum()), 0)
    model = next((sign for sign in graph.patterns[edges[0].pattern] if sign.isalnum()), "")
    if not model.isupper() or not text[first : first + 1].islower():
        return text
    capital = "İ" if text[first] == "i" and graph.language in _TURKIC else text[first].upper()
    return text[:first] + capital + text[first + 1 :]


def mark_choice(given: str, answer: str) -> Marking:
    """Mark one option picked from several. Options come back as sent, so only spaces and NFC are made alike."""
    chosen, right = _plain(given), _plain(answer)
    if chosen == right:
        return Marking(Verdict.CORRECT, (DiffWord(DiffKind.EQUAL, answer, given),), answer)
    missed = DiffWord(DiffKind.WRONG, answer, given) if chosen else DiffWord(DiffKind.MISSING, answer, None)
    return Marking(Verdict.WRONG, (missed,), answer)


def mark_pairs(given: Sequence[tuple[str, str]], pairs: Sequence[tuple[str, str]]) -> Marking:
    """Mark the first choice made for each left item; a later one for the same item is extra. Correct if all are right.

    The diff has one entry a pair, in the order of `pairs`, and then what fits none of them; texts as for `mark_choice`.
    """
    left_over = [_plain_pair(pair) for pair in given]
    lefts = [left for left, _ in map(_plain_pair, pairs)]
    diff: list[DiffWord] = []
    for pair in pairs:
        wanted, expected = _plain_pair(pair), _pair(*pair)
        # A word with two meanings stands on the left twice, and either order of its choices is right.
        chosen = [choice for choice in left_over if choice[0] == wanted[0]][: lefts.count(wanted[0])]
        if not chosen:
            diff.append(DiffWord(DiffKind.MISSING, expected, None))
            continue
        choice = wanted if wanted in chosen else chosen[0]
        left_over.remove(choice)
        kind = DiffKind.EQUAL if choice == wanted else DiffKind.WRONG
        diff.append(DiffWord(kind, expected, _pair(*choice)))
    diff += [DiffWord(DiffKind.EXTRA, None, _pair(*pair)) for pair in left_over]
    is_right = all(word.kind is DiffKind.EQUAL for word in diff)
    return Marking(
        Verdict.CORRECT if is_right else Verdict.WRONG, tuple(diff), ", ".join(_pair(*pair) for pair in pairs)
    )


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _plain_pair(pair: tuple[str, str]) -> tuple[str, str]:
    return _plain(pair[0]), _plain(pair[1])


def _pair(left: str, right: str) -> str:
    return f"{left} – {right}"
