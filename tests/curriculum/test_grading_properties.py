"""What holds for every pattern and every answer, against the list of sentences the grader never writes out."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.grading import (
    Accents,
    DiffKind,
    PatternError,
    Verdict,
    canonical,
    compile_answers,
    mark,
    words,
)

# What a busy machine takes is no property of the grader.
unhurried = settings(deadline=None)

LANGUAGES = st.sampled_from(["en", "es", "ru", "de", "tr", "el", "vi", "ja", "zh", "th", "hi"])
WORDS = st.sampled_from(
    ["a", "The", "cat", "león", "año", "don't", "ice-cream", "ёж", "Işık", "Straße", "猫", "Hello", "hola"]
)
SIGNS = st.text(max_size=60) | st.text("aáñnöiıİIёе'’- .…-猫が\u0301\u0308", max_size=40)

# A pattern together with every sentence it stands for.
Notation = tuple[str, frozenset[str]]


def joined(parts: list[Notation]) -> Notation:
    sentences = {""}
    for _, choices in parts:
        sentences = {f"{one} {other}" for one in sentences for other in choices}
    return " ".join(pattern for pattern, _ in parts), frozenset(sentences)


def grouped(branches: list[Notation], brackets: str, around: tuple[str, str]) -> Notation:
    before, after = around
    inner = "|".join(pattern for pattern, _ in branches)
    choices = {choice.strip() for _, found in branches for choice in found} | ({""} if brackets == "[]" else set())
    return (
        f"{before}{brackets[0]}{inner}{brackets[1]}{after}",
        frozenset(f"{before}{choice}{after}" for choice in choices),
    )


NOTATIONS = st.recursive(
    WORDS.map(lambda word: (word, frozenset({word}))),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(joined)
        | st.builds(
            grouped,
            st.lists(inner, min_size=1, max_size=3),
            st.sampled_from(["()", "[]"]),
            st.sampled_from([("", ""), ("", ""), ("", "."), ("l'", ""), ("", "'s"), ("x", "y"), ("¿", "?")]),
        )
    ),
    max_leaves=6,
)
# One fixed word, so that no pattern is wholly optional.
PATTERNS = NOTATIONS.map(lambda notation: joined([notation, ("end", frozenset({"end"}))]))


@unhurried
@given(PATTERNS, LANGUAGES, st.sampled_from(Accents))
def test_every_sentence_of_a_pattern_is_correct(notation: Notation, language: str, accents: Accents) -> None:
    pattern, sentences = notation
    graph = compile_answers((pattern,), language=language)
    for sentence in sorted(sentences)[:50]:
        marking = mark(sentence, graph, accents=accents)
        assert marking.verdict is Verdict.CORRECT
        assert words(marking.solution, language=language) == words(sentence, language=language)
        assert {word.kind for word in marking.diff} == {DiffKind.EQUAL}


@unhurried
@given(PATTERNS, LANGUAGES, st.sampled_from(Accents))
def test_a_sentence_without_its_apostrophes_is_correct(notation: Notation, language: str, accents: Accents) -> None:
    pattern, sentences = notation
    graph = compile_answers((pattern,), language=language)
    for sentence in sorted(sentences)[:50]:
        if "''" not in sentence:  # two are a quotation mark between words
            assert mark(sentence.replace("'", ""), graph, accents=accents).verdict is Verdict.CORRECT


@unhurried
@given(PATTERNS, LANGUAGES)
def test_the_canonical_sentence_is_correct(notation: Notation, language: str) -> None:
    assert mark(canonical(notation[0]), compile_answers((notation[0],), language=language)).verdict is Verdict.CORRECT


@unhurried
@given(SIGNS, LANGUAGES)
def test_normalising_twice_changes_nothing(text: str, language: str) -> None:
    once = words(text, language=language)
    assert words(" ".join(once), language=language) == once


@unhurried
@given(st.lists(PATTERNS, min_size=2, max_size=4), st.lists(WORDS, max_size=5), LANGUAGES, st.randoms())
def test_the_order_of_accepted_answers_does_not_matter(
    notations: list[Notation], typed: list[str], language: str, chance: Random
) -> None:
    patterns = [pattern for pattern, _ in notations]
    answer = " ".join(typed)
    first = mark(answer, compile_answers(tuple(patterns), language=language))
    assert first == mark(answer, compile_answers(tuple(reversed(patterns)), language=language))
    chance.shuffle(patterns)
    assert first == mark(answer, compile_answers(tuple(patterns), language=language))


@unhurried
@given(
    PATTERNS,
    SIGNS | st.lists(WORDS, max_size=6).map(" ".join),
    LANGUAGES,
    st.sampled_from(Accents),
    st.frozensets(WORDS.map(str.lower)),
)
def test_the_diff_accounts_for_both_sides(
    notation: Notation, answer: str, language: str, accents: Accents, lexicon: frozenset[str]
) -> None:
    pattern, sentences = notation
    marking = mark(answer, compile_answers((pattern,), language=language), accents=accents, lexicon=lexicon)
    typed = [word.given for word in marking.diff if word.given is not None]
    assert [token for word in typed for token in words(word, language=language)] == words(answer, language=language)
    expected = [word.expected for word in marking.diff if word.expected is not None]
    path = [token for word in expected for token in words(word, language=language)]
    assert path == words(marking.solution, language=language)
    assert path in [words(sentence, language=language) for sentence in sentences]


@unhurried
@given(PATTERNS, st.lists(WORDS, max_size=5).map(" ".join), LANGUAGES, st.sampled_from(Accents))
def test_the_graph_marks_as_the_best_of_its_sentences(
    notation: Notation, answer: str, language: str, accents: Accents
) -> None:
    pattern, sentences = notation
    faults = (DiffKind.WRONG, DiffKind.MISSING, DiffKind.EXTRA)
    minor = (DiffKind.ACCENT, DiffKind.TYPO) if accents is Accents.STRICT else (DiffKind.TYPO, DiffKind.ACCENT)

    def cost(accepted: str) -> tuple[int, int, int]:
        marking = mark(answer, compile_answers((accepted,), language=language), accents=accents)
        kinds = [word.kind for word in marking.diff]
        return sum(kind in faults for kind in kinds), kinds.count(minor[0]), kinds.count(minor[1])

    assert cost(pattern) == min(map(cost, sorted(sentences)[:200])) or len(sentences) > 200


@unhurried
@given(SIGNS, LANGUAGES)
def test_an_answer_is_correct_for_itself(text: str, language: str) -> None:
    escaped = "".join(f"\\{sign}" if sign in "()[]|\\" else sign for sign in text)
    try:
        graph = compile_answers((escaped,), language=language)
    except PatternError:
        assert not words(text, language=language)
    else:
        assert mark(text, graph, accents=Accents.STRICT).verdict is Verdict.CORRECT


@unhurried
@given(st.text(max_size=2_000), LANGUAGES, st.sampled_from(Accents))
def test_no_answer_raises(text: str, language: str, accents: Accents) -> None:
    graph = compile_answers(("(Where|When) is [the|my] (red|blue) house?", "I don't know."), language=language)
    assert mark(text, graph, accents=accents).solution


@unhurried
@given(st.text("()[]|\\ab '.", max_size=40), LANGUAGES)
def test_a_pattern_compiles_or_says_why_not(pattern: str, language: str) -> None:
    try:
        graph = compile_answers((pattern,), language=language)
    except PatternError as error:
        column = error.column
    else:
        column = 1
        assert mark(canonical(pattern), graph).verdict is Verdict.CORRECT
    assert 1 <= column <= max(1, len(pattern))
