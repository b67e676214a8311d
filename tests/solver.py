"""Answers to the questions of a pack, as somebody would give them who knows everything in it."""

from typing import Any

from curriculum import grading
from curriculum.packs.reader import Pack, PackQuestion


def right_answer(question: PackQuestion) -> dict[str, Any]:
    """The answer body that a question of any kind accepts."""
    if "pairs" in question.body:
        return {"pairs": [list(pair) for pair in question.body["pairs"]]}
    if "answer" in question.body:
        return {"choice": question.body["answer"]}
    return {"text": grading.canonical(question.answers[0])}


def wrong_answer(question: PackQuestion) -> dict[str, Any]:
    """An answer body of the right shape that no question accepts."""
    if "pairs" in question.body:
        return {"pairs": [[left, "?"] for left, _right in question.body["pairs"]]}
    return {"choice": "?"} if "answer" in question.body else {"text": "zzzzzz qqqqqq"}


def by_position(pack: Pack) -> dict[tuple[str, str], tuple[PackQuestion, ...]]:
    """The questions of each lesson, by the titles of module and lesson, in the order in which they are asked."""
    return {(module.title, lesson.title): lesson.questions for module in pack.modules for lesson in module.lessons}
