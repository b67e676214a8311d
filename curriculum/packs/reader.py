"""Reading a course pack: a folder of YAML files and pictures becomes frozen values, or a list of faults.

Nothing is written anywhere, so a pack with a fault changes nothing. The format is `schema.json`; `docs/content.md`
explains it to authors.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from curriculum import grading, speech
from curriculum.models import CHOICE_KINDS, QuestionKind

SHIPPED = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a pack: the file, the place in it, and the reason with the mend."""

    file: str
    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.reason}" if self.place else f"{self.file}: {self.reason}"


class PackInvalid(Exception):
    """The pack cannot be used; `faults` lists all that was found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class PackUnknown(Exception):
    """No pack of that key ships with the product."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, named by what it holds: `image` is `<sha256>.svg`, `alt` describes it in the source language."""

    name: str
    image: str
    alt: str

    def as_json(self) -> dict[str, str]:
        """As it stands in question bodies and lesson icons."""
        return {"name": self.name, "image": self.image, "alt": self.alt}


@dataclass(frozen=True, slots=True)
class PackQuestion:
    """A question ready to be stored: `body` by kind, the patterns of its accepted answers, the texts to be spoken."""

    key: str
    kind: QuestionKind
    body: dict[str, Any]
    answers: tuple[str, ...]
    spoken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackLesson:
    """A lesson of a pack."""

    key: str
    title: str
    icon: Picture | None
    questions: tuple[PackQuestion, ...]


@dataclass(frozen=True, slots=True)
class PackModule:
    """A module of a pack."""

    key: str
    title: str
    cefr_level: str
    can_do: tuple[str, ...]
    lessons: tuple[PackLesson, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole course as an author wrote it. `files` maps picture names of storage to their bytes."""

    key: str
    version: int
    title: str
    description: str
    language: str
    source_language: str
    cefr_level: str
    modules: tuple[PackModule, ...]
    files: dict[str, bytes] = field(repr=False)

    @property
    def questions(self) -> Iterator[PackQuestion]:
        """All questions in course order."""
        return (question for module in self.modules for lesson in module.lessons for question in lesson.questions)


def shipped_keys() -> list[str]:
    """The packs that come with the product."""
    return sorted(path.parent.name for path in SHIPPED.glob("*/course.yaml"))


@cache
def read_shipped(key: str) -> Pack:
    """A pack that comes with the product; raises `PackUnknown`, `PackInvalid`."""
    if key not in shipped_keys():
        raise PackUnknown(f"There is no pack {key!r}; there are: {', '.join(shipped_keys())}.")
    return read_pack(SHIPPED / key)


def read_pack(folder: Path) -> Pack:
    """Read a pack folder whole; raises `PackInvalid` with every fault found."""
    return _Reader(folder).read()


@cache
def _validator(part: str) -> Draft202012Validator:
    schema = json.loads((SHIPPED / "schema.json").read_text())
    return Draft202012Validator({"$ref": f"#/$defs/{part}", "$defs": schema["$defs"]})


class _Reader:
    """One reading of one folder; faults are collected so that an author sees them all at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.files: dict[str, bytes] = {}
        self.alts: dict[str, dict[str, str]] = {}
        self.language = self.source_language = ""

    def read(self) -> Pack:
        course = self._load("course.yaml", "course")
        self._stop_at_faults()
        self.language, self.source_language = course["language"], course["source_language"]
        if (self.folder / "images.yaml").exists():
            self.alts = self._load("images.yaml", "images") or {}
        modules = [self._module(f"modules/{stem}.yaml") for stem in course["modules"]]
        self._unique("course.yaml", "modules", [module.key for module in modules if module])
        self._stop_at_faults()
        details = {name: value for name, value in course.items() if name != "modules"}
        return Pack(**details, modules=tuple(module for module in modules if module), files=self.files)

    def _stop_at_faults(self) -> None:
        if self.faults:
            raise PackInvalid(self.faults)

    def _fault(self, file: str, place: str, reason: str) -> None:
        self.faults.append(Fault(file, place, reason))

    def _load(self, file: str, part: str) -> Any:
        try:
            content = yaml.safe_load((self.folder / file).read_text(encoding="utf-8"))
        except FileNotFoundError:
            self._fault(file, "", "the file is missing")
        except UnicodeDecodeError:
            self._fault(file, "", "is not UTF-8; save it as UTF-8")
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
            self._fault(file, place, str(getattr(error, "problem", None) or error))
        else:
            return content if self._fits(content, part, file, "") else None
        return None

    def _fits(self, content: Any, part: str, file: str, place: str) -> bool:
        errors = sorted(_validator(part).iter_errors(content), key=lambda error: list(map(str, error.path)))
        for error in errors:
            where = ".".join(filter(None, [place, *map(str, error.path)]))
            self._fault(file, where, error.message[:300])
        return not errors

    def _unique(self, file: str, place: str, keys: list[str]) -> None:
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            self._fault(file, place, f"the key {key!r} stands here twice; keys are for ever, so each names one thing")

    def _module(self, file: str) -> PackModule | None:
        module = self._load(file, "module")
        if module is None:
            return None
        self._unique(file, "lessons", [lesson["key"] for lesson in module["lessons"]])
        lessons = tuple(self._lesson(file, lesson) for lesson in module["lessons"])
        return PackModule(module["key"], module["title"], module["cefr_level"], tuple(module["can_do"]), lessons)

    def _lesson(self, file: str, lesson: dict[str, Any]) -> PackLesson:
        self._unique(file, lesson["key"], [str(question.get("key")) for question in lesson["questions"]])
        questions = [self._question(file, lesson["key"], question) for question in lesson["questions"]]
        icon = self._picture(file, lesson["key"], lesson["icon"]) if "icon" in lesson else None
        return PackLesson(lesson["key"], lesson["title"], icon, tuple(question for question in questions if question))

    def _question(self, file: str, lesson: str, question: dict[str, Any]) -> PackQuestion | None:
        place = f"{lesson}.{question.get('key')}"
        try:
            kind = QuestionKind(question.get("kind", ""))
        except ValueError:
            self._fault(file, place, f"unknown kind {question.get('kind')!r}; one of: {', '.join(QuestionKind)}")
            return None
        if not self._fits(question, kind, file, place):
            return None
        if kind in CHOICE_KINDS and question["answer"] not in question["options"]:
            self._fault(file, place, f"the answer {question['answer']!r} is not among the options")
        answers = self._answers(kind, question)
        for pattern in answers:
            try:
                grading.compile_answers((pattern,), language=self._answer_language(question))
            except grading.PatternError as error:
                self._fault(file, place, f"answer {pattern!r}: {error}")
        body = self._body(file, place, kind, question)
        spoken: list[str] = []
        for text in self._spoken(kind, question):
            try:
                spoken.append(speech.normalise(text, language=self.language))
                if spoken[-1] != text:  # speech is looked up by the very text that is shown
                    self._fault(file, place, f"write {text!r} without double or outer blanks, as {spoken[-1]!r}")
            except speech.Unspeakable as error:
                self._fault(file, place, f"{text!r} cannot be spoken: {error}")
        return PackQuestion(question["key"], kind, body, answers, tuple(spoken))

    @staticmethod
    def _answers(kind: QuestionKind, question: dict[str, Any]) -> tuple[str, ...]:
        if kind in CHOICE_KINDS or kind is QuestionKind.MATCH_PAIRS:
            return ()
        heard = (_escape(question["text"]),) if "text" in question else ()
        return (*heard, *question.get("answers", ()))

    def _answer_language(self, question: dict[str, Any]) -> str:
        return self.source_language if question.get("prompt_language") == self.language else self.language

    def _body(self, file: str, place: str, kind: QuestionKind, question: dict[str, Any]) -> dict[str, Any]:
        body = {name: value for name, value in question.items() if name not in ("key", "kind", "answers", "picture")}
        if kind in (QuestionKind.WORD_BANK, QuestionKind.TRANSLATE):
            body["answer_language"] = self._answer_language(question)
        if kind is QuestionKind.PICK_PICTURE:
            pictures = [self._picture(file, place, name) for name in question["options"]]
            body["options"] = [
                {"choice": picture.name, "image": picture.image, "alt": picture.alt} for picture in pictures if picture
            ]
        if "picture" in question and (picture := self._picture(file, place, question["picture"])):
            body["picture"] = picture.as_json()
        return body

    def _spoken(self, kind: QuestionKind, question: dict[str, Any]) -> tuple[str, ...]:
        """The texts of the course language that a student can hear in this question."""
        match kind:
            case QuestionKind.PICK_PICTURE:
                return (question["word"],)
            case QuestionKind.MINIMAL_PAIR:
                return (question["answer"],)
            case QuestionKind.DICTATION | QuestionKind.DICTATION_BANK:
                return (question["text"],)
            case QuestionKind.MATCH_PAIRS:
                return tuple(left for left, _right in question["pairs"])
            case _ if question.get("prompt_language") == self.language:
                return (question["prompt"],)
        return ()

    def _picture(self, file: str, place: str, name: str) -> Picture | None:
        alt = self.alts.get(name, {}).get(self.source_language)
        if alt is None:
            self._fault(file, place, f"images.yaml has no text for {name!r} in {self.source_language!r}")
            return None
        try:
            data = (self.folder / "images" / f"{name}.svg").read_bytes()
        except FileNotFoundError:
            self._fault(file, place, f"there is no picture images/{name}.svg")
            return None
        image = hashlib.sha256(data).hexdigest() + ".svg"
        self.files[image] = data
        return Picture(name, image, alt)


def _escape(text: str) -> str:
    """A plain text as a pattern: brackets in it stand for themselves."""
    return "".join("\\" + char if char in "()[]|\\" else char for char in text)
