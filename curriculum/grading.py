"""Marking an answer: a verdict on what was typed, tapped or matched, with a diff and the nearest accepted answer."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from curriculum.alignment import DiffKind, DiffWord, align
from curriculum.answer_graph import AnswerGraph, compile_answers
from curriculum.patterns import PatternError, canonical
from curriculum.spelling import composed, tokenise, words

# The door for all who mark: what they need of the modules underneath stands here too.
__all__ = [
    "Accents", "DiffKind", "Marking", "PatternError", "Verdict",
    "canonical", "compile_answers", "mark", "mark_choice", "mark_pairs", "words",
]  # fmt: skip

MAX_ANSWER_CHARACTERS = 2_000
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


@dataclass(frozen=True, slots=True)
class Marking:
    verdict: Verdict
    diff: tuple[DiffWord, ...]
    solution: str

    @property
    def passed(self) -> bool:
        return self.verdict is not Verdict.WRONG


def mark(
    given: str, accepted: AnswerGraph, *, accents: Accents = Accents.WARN, lexicon: frozenset[str] = frozenset()
) -> Marking:
    """Mark a typed sentence against the nearest accepted one.

    Nearest means fewest words wrong, missing or extra, then fewest typos, then fewest accent slips (in a strict
    classroom slips count before typos). One typo passes, two from eight words on. An empty answer is wrong with
    everything missing.

    `lexicon` holds the real words of the course as `words` gives them. A word equal to the accepted one but for its
    accents is a slip even if it is a real word (`como` for `cómo`); any other real word in place of the accepted one is
    wrong, never a typo. Punctuation is free, and so is an apostrophe left out: `dont` is equal to `don't`, unless the
    word without it is a real one (`its` for `it's`, `well` for `we'll`), which is wrong.

    Never raises. Of an answer longer than 2,000 characters the rest is one extra word, written "…"; of its words only
    as many as the longest accepted answer has, and 16 more, are compared, the rest are extra. Either way it is wrong.
    """
    # Composed before it is cut: making widths one can turn a single sign into eighteen.
    given = " ".join(composed(given, accepted.language).split())
    tokens = tokenise(given[:MAX_ANSWER_CHARACTERS], accepted.language)
    compared = tokens[: accepted.longest + SPARE_WORDS]
    path, diff = align(compared, accepted, is_strict=accents is Accents.STRICT, lexicon=lexicon)
    diff += [DiffWord(DiffKind.EXTRA, None, token.written) for token in tokens[len(compared) :]]
    if len(given) > MAX_ANSWER_CHARACTERS:
        diff.append(DiffWord(DiffKind.EXTRA, None, "…"))
    return Marking(_verdict(diff, accents), tuple(diff), accepted.sentence(path))


def _verdict(diff: Iterable[DiffWord], accents: Accents) -> Verdict:
    kinds = [word.kind for word in diff]
    typos, slips = kinds.count(DiffKind.TYPO), kinds.count(DiffKind.ACCENT)
    if typos + slips + kinds.count(DiffKind.EQUAL) < len(kinds) or (slips and accents is Accents.STRICT):
        return Verdict.WRONG
    if typos:
        return Verdict.TYPO if typos <= (1 if len(kinds) < 8 else 2) else Verdict.WRONG
    return Verdict.ACCENT_SLIP if slips and accents is Accents.WARN else Verdict.CORRECT


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
