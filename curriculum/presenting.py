"""What a student is shown of a question: everything but its accepted answers. Pure."""

import hashlib
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from curriculum import grading
from curriculum.models import QuestionKind

#: Gives the audio object of a text of the course language (`{id, url, state}`), or None.
Speak = Callable[[str], dict[str, str] | None]

#: Kinds that cannot be answered without listening; only these may be skipped.
LISTENING = frozenset({QuestionKind.MINIMAL_PAIR, QuestionKind.DICTATION, QuestionKind.DICTATION_BANK})


def needs_listening(kind: QuestionKind, body: Mapping[str, Any]) -> bool:
    """Whether the question is nothing without its sound, so that it can be skipped without loss."""
    return kind in LISTENING or bool(body.get("audio"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What showing a question needs. `draw` makes its order of options and chips: one for each version."""

    body: Mapping[str, Any]
    answers: Sequence[str]
    language: str
    speak: Speak
    draw: random.Random


def present_question(
    *,
    question_id: UUID,
    version: int,
    kind: QuestionKind,
    body: Mapping[str, Any],
    answers: Sequence[str],
    language: str,
    speak: Speak,
) -> dict[str, Any]:
    """The question as the API gives it. The order of options and chips is drawn once per version, so it never jumps."""
    draw = random.Random(hashlib.sha256(f"{question_id}:{version}".encode()).digest())  # noqa: S311  not a secret
    asked = Asked(body=body, answers=answers, language=language, speak=speak, draw=draw)
    picture = body.get("picture")
    shown = {
        "id": str(question_id),
        "version": version,
        "kind": kind.value,
        "picture_url": image_url(picture["image"]) if picture else None,
        "picture_alt": picture["alt"] if picture else None,
        "audio": None,
    }
    return shown | _BY_KIND[kind](asked)


def image_url(image: str) -> str:
    """Where a picture is fetched from."""
    return f"/api/v1/image/{image}"


def _shuffled(asked: Asked, items: Sequence[Any]) -> list[Any]:
    return asked.draw.sample(list(items), len(items))


def _chips(asked: Asked) -> list[str]:
    """The words of the shown solution as written, without the punctuation around them, among the distractors."""
    solution = grading.canonical(asked.answers[0])
    words = [stripped for word in solution.split() if (stripped := word.strip('.,!?;:…"«»“”()¿¡—–-'))]
    return _shuffled(asked, [*words, *asked.body.get("distractors", ())])


def _options(asked: Asked) -> list[dict[str, str]]:
    return [{"choice": option} for option in _shuffled(asked, asked.body["options"])]


def _pick_picture(asked: Asked) -> dict[str, Any]:
    options = [
        {"choice": option["choice"], "image_url": image_url(option["image"]), "alt": option["alt"]}
        for option in _shuffled(asked, asked.body["options"])
    ]
    return {"audio": asked.speak(asked.body["word"]), "word": asked.body["word"], "options": options}


def _prompt(asked: Asked) -> dict[str, Any]:
    prompt, language = asked.body["prompt"], asked.body["prompt_language"]
    spoken = asked.speak(prompt) if language == asked.language else None
    return {"audio": spoken, "prompt": prompt, "prompt_language": language}


def _multiple_choice(asked: Asked) -> dict[str, Any]:
    return _prompt(asked) | {"options": _options(asked)}


def _minimal_pair(asked: Asked) -> dict[str, Any]:
    return {"audio": asked.speak(asked.body["answer"]), "options": _options(asked)}


def _cloze_type(asked: Asked) -> dict[str, Any]:
    return {"sentence": asked.body["sentence"], "translation": asked.body["translation"]}


def _cloze_tap(asked: Asked) -> dict[str, Any]:
    return _cloze_type(asked) | {"options": _options(asked)}


def _translate(asked: Asked) -> dict[str, Any]:
    return _prompt(asked) | {"answer_language": asked.body["answer_language"]}


def _word_bank(asked: Asked) -> dict[str, Any]:
    return _translate(asked) | {"bank": _chips(asked)}


def _order_words(asked: Asked) -> dict[str, Any]:
    return {"prompt": asked.body["prompt"], "bank": _chips(asked)}


def _dictation(asked: Asked) -> dict[str, Any]:
    return {"audio": asked.speak(asked.body["text"])}


def _dictation_bank(asked: Asked) -> dict[str, Any]:
    return _dictation(asked) | {"bank": _chips(asked)}


def _match_pairs(asked: Asked) -> dict[str, Any]:
    lefts = _shuffled(asked, [left for left, _right in asked.body["pairs"]])
    return {
        "left": [{"text": left, "audio": asked.speak(left)} for left in lefts],
        "right": _shuffled(asked, [right for _left, right in asked.body["pairs"]]),
        "left_is_audio": bool(asked.body.get("audio")),
    }


_BY_KIND: dict[QuestionKind, Callable[[Asked], dict[str, Any]]] = {
    QuestionKind.PICK_PICTURE: _pick_picture,
    QuestionKind.MULTIPLE_CHOICE: _multiple_choice,
    QuestionKind.MINIMAL_PAIR: _minimal_pair,
    QuestionKind.CLOZE_TAP: _cloze_tap,
    QuestionKind.CLOZE_TYPE: _cloze_type,
    QuestionKind.WORD_BANK: _word_bank,
    QuestionKind.TRANSLATE: _translate,
    QuestionKind.ORDER_WORDS: _order_words,
    QuestionKind.DICTATION_BANK: _dictation_bank,
    QuestionKind.DICTATION: _dictation,
    QuestionKind.MATCH_PAIRS: _match_pairs,
}
