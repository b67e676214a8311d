import pytest

from curriculum.answer_graph import AnswerGraph, compile_answers
from curriculum.grading import Verdict, mark
from curriculum.patterns import PatternError


@pytest.mark.parametrize(
    ("patterns", "column"),
    [
        pytest.param((), 1, id="none"),
        pytest.param(("",), 1, id="empty"),
        pytest.param(("...",), 1, id="no word"),
        pytest.param(("good", "[a] [b]"), 1, id="all optional"),
        pytest.param((" ".join(["word"] * 151),), 1, id="too many words"),
        pytest.param(("good", "bad (one"), 5, id="unreadable"),
    ],
)
def test_answers_that_cannot_be_compiled(patterns: tuple[str, ...], column: int) -> None:
    with pytest.raises(PatternError) as caught:
        compile_answers(patterns, language="en")
    assert caught.value.column == column


def rich_answer(places: int) -> AnswerGraph:
    """An answer of `places` words with six choices each (one is none) and one fixed: 6 ** places sentences."""
    groups = [f"(a{chr(98 + place)}|b{chr(98 + place)}|c|d|[e])" for place in range(places)]
    return compile_answers((" ".join([*groups, "end"]),), language="en")


def test_work_grows_with_the_pattern_and_not_with_its_sentences() -> None:
    sizes = [rich_answer(places).edge_count for places in (1, 2, 7, 14)]
    assert sizes == [7, 13, 43, 85]  # 7 places: 279,936 sentences
    assert mark("ab bc d end", rich_answer(7)).verdict is Verdict.CORRECT


def test_compiled_answers_are_kept() -> None:
    assert compile_answers(("one",), language="en") is compile_answers(("one",), language="en")
