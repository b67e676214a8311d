"""Reading packs: the shipped ones have no fault, and every fault is named with its file and place."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from curriculum.models import QuestionKind
from curriculum.packs import reader
from curriculum.packs.reader import PackInvalid, PackUnknown

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
COURSE = {
    "key": "small",
    "version": 1,
    "title": "Маленький курс",
    "description": "Для проверки.",
    "language": "en",
    "source_language": "ru",
    "cefr_level": "A1",
    "modules": ["01-first"],
}
QUESTIONS: list[dict[str, Any]] = [
    {"key": "pick", "kind": "pick_picture", "word": "cat", "options": ["cat", "dog"], "answer": "cat"},
    {
        "key": "choose",
        "kind": "multiple_choice",
        "prompt": "Кот",
        "prompt_language": "ru",
        "options": ["a cat", "a dog"],
        "answer": "a cat",
    },
    {"key": "hear", "kind": "minimal_pair", "options": ["ship", "sheep"], "answer": "ship"},
    {
        "key": "tap",
        "kind": "cloze_tap",
        "sentence": "I ___ here.",
        "translation": "Я здесь.",
        "options": ["am", "is"],
        "answer": "am",
    },
    {"key": "gap", "kind": "cloze_type", "sentence": "I ___ here.", "translation": "Я здесь.", "answers": ["am"]},
    {
        "key": "bank",
        "kind": "word_bank",
        "prompt": "A cat.",
        "prompt_language": "en",
        "answers": ["Кот."],
        "distractors": ["пёс"],
    },
    {"key": "type", "kind": "translate", "prompt": "Кот.", "prompt_language": "ru", "answers": ["[A|The] cat."]},
    {"key": "order", "kind": "order_words", "prompt": "Я здесь.", "answers": ["I am here."]},
    {"key": "dictate", "kind": "dictation", "text": "I am here."},
    {"key": "dictate-chips", "kind": "dictation_bank", "text": "I am here.", "distractors": ["is"]},
    {
        "key": "pairs",
        "kind": "match_pairs",
        "pairs": [["cat", "кот"], ["dog", "пёс"], ["cow", "корова"], ["fish", "рыба"]],
    },
]

Change = Callable[[dict[str, Any]], Any]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a small whole pack, changed as a test wants."""

    def write_pack(*, course: Change | None = None, module: Change | None = None) -> Path:
        folder = tmp_path / "small"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "modules").mkdir(parents=True)
        (folder / "images").mkdir()
        for name in ("cat", "dog"):
            (folder / "images" / f"{name}.svg").write_bytes(SVG + name.encode())
        images = {"cat": {"ru": "кот", "en": "cat"}, "dog": {"ru": "пёс", "en": "dog"}}
        about = dict(COURSE)
        lesson = {"key": "one", "title": "Один", "icon": "cat", "questions": [dict(each) for each in QUESTIONS]}
        content = {
            "key": "first", "title": "Первый", "cefr_level": "A1", "can_do": ["Я могу."], "lessons": [lesson],
        }  # fmt: skip
        if course:
            course(about)
        if module:
            module(content)
        for file, part in (("course", about), ("images", images), ("modules/01-first", content)):
            (folder / f"{file}.yaml").write_text(yaml.safe_dump(part, allow_unicode=True), encoding="utf-8")
        return folder

    return write_pack


def faults(folder: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(PackInvalid) as invalid:
        reader.read_pack(folder)
    assert str(invalid.value) == "\n".join(map(str, invalid.value.faults))
    return [(fault.file, fault.place, fault.reason) for fault in invalid.value.faults]


def test_a_whole_pack_is_read(write: Callable[..., Path]) -> None:
    pack = reader.read_pack(write())
    assert [question.kind for question in pack.questions] == [QuestionKind(each["kind"]) for each in QUESTIONS]
    spoken = {question.key: question.spoken for question in pack.questions}
    assert spoken == {
        "pick": ("cat",), "choose": (), "hear": ("ship",), "tap": (), "gap": (), "bank": ("A cat.",), "type": (),
        "order": (), "dictate": ("I am here.",), "dictate-chips": ("I am here.",),
        "pairs": ("cat", "dog", "cow", "fish"),
    }  # fmt: skip
    answers = {question.key: question.answers for question in pack.questions if question.answers}
    assert set(answers) == {"gap", "bank", "type", "order", "dictate", "dictate-chips"}
    assert len(pack.files) == 2
    assert pack.modules[0].lessons[0].icon
    assert pack.modules[0].lessons[0].icon.alt == "кот"


def question(place: int, **changes: Any) -> Change:
    def change(module: dict[str, Any]) -> None:
        found = module["lessons"][0]["questions"][place]
        for name, value in changes.items():
            if value is None:
                del found[name]
            else:
                found[name] = value

    return change


MODULE = "modules/01-first.yaml"
BROKEN_MODULES = [
    (question(0, kind="pick_colour"), "one.pick", "unknown kind 'pick_colour'"),
    (question(0, answer="bird"), "one.pick", "'bird' is not among the options"),
    (question(1, answer="a bird"), "one.choose", "'a bird' is not among the options"),
    (question(0, options=["cat", "bird"]), "one.pick", "'bird'"),
    (question(0, word=None), "one.pick", "'word' is a required property"),
    (question(0, hint="x"), "one.pick", "'hint'"),
    (question(0, picture="bird"), "one.pick", "'bird'"),
    (question(0, options=["cat", "cat"]), "one.pick.options", "non-unique"),
    (question(4, sentence="I am here."), "one.gap.sentence", "does not match"),
    (question(4, sentence="___ am ___."), "one.gap.sentence", "does not match"),
    (question(4, answers=["(am"]), "one.gap", "'(am'"),
    (question(4, answers=["am]"]), "one.gap", "'am]'"),
    (question(4, answers=[]), "one.gap.answers", ""),
    (question(8, text="..."), "one.dictate", "cannot be spoken: there is nothing to say"),
    (question(8, text="Я здесь"), "one.dictate", "is not a letter of 'en'"),
    (question(8, text="I  am"), "one.dictate", "without double or outer blanks"),
    (question(0, key="Pick it"), "one.Pick it.key", "does not match"),
    (question(1, key="pick"), "one", "'pick' stands here twice"),
    (question(10, pairs=[["cat"]]), "one.pairs.pairs.0", ""),
    (lambda module: module.update(lessons=[module["lessons"][0]] * 2), "lessons", "'one' stands here twice"),
    (lambda module: module["lessons"][0].update(icon="bird"), "one", "'bird'"),
    (lambda module: module.pop("title"), "", "'title' is a required property"),
    (lambda module: module.update(extra=1), "", "'extra'"),
    (lambda module: module.update(cefr_level="Z9"), "cefr_level", "'Z9'"),
]


@pytest.mark.parametrize(("change", "place", "reason"), BROKEN_MODULES)
def test_a_fault_of_a_module_is_named(write: Callable[..., Path], change: Change, place: str, reason: str) -> None:
    found = faults(write(module=change))
    assert [fault for fault in found if fault[0] == MODULE and fault[1] == place and reason in fault[2]], found


@pytest.mark.parametrize(
    ("change", "place", "reason"),
    [
        (lambda course: course.pop("title"), "", "'title' is a required property"),
        (lambda course: course.update(language="english"), "language", "does not match"),
        (lambda course: course.update(modules=[]), "modules", ""),
        (lambda course: course.update(version="1"), "version", "is not of type 'integer'"),
        (lambda course: course.update(modules=["../../secret"]), "modules.0", "does not match"),
    ],
)
def test_a_fault_of_the_course_is_named(write: Callable[..., Path], change: Change, place: str, reason: str) -> None:
    found = faults(write(course=change))
    assert [fault for fault in found if fault[:2] == ("course.yaml", place) and reason in fault[2]], found


def test_all_faults_are_told_at_once(write: Callable[..., Path]) -> None:
    def change(module: dict[str, Any]) -> None:
        for place in (0, 1, 2):
            question(place, answer="nothing")(module)

    assert len([fault for fault in faults(write(module=change)) if "not among the options" in fault[2]]) == 3


@pytest.mark.parametrize(
    ("file", "content", "place", "reason"),
    [
        ("modules/01-first.yaml", None, "", "the file is missing"),
        ("course.yaml", None, "", "the file is missing"),
        ("modules/01-first.yaml", b"key: [", "line", ""),
        ("modules/01-first.yaml", "ключ".encode("utf-16"), "", "is not UTF-8"),
        ("modules/01-first.yaml", b"", "", ""),
        ("modules/01-first.yaml", b"- a list", "", "is not of type 'object'"),
        ("modules/01-first.yaml", b"!!python/object/apply:os.getcwd []", "line", ""),
        ("course.yaml", b"7", "", "is not of type 'object'"),
        ("images.yaml", b"7", "", "is not of type 'object'"),
        ("images.yaml", None, "one.pick", "images.yaml has no text for 'cat'"),
        ("images/cat.svg", None, "one.pick", "there is no picture images/cat.svg"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    write: Callable[..., Path], file: str, content: bytes | None, place: str, reason: str
) -> None:
    folder = write()
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content)
    found = faults(folder)
    named = {"images/cat.svg": MODULE}.get(file, MODULE if (file, content) == ("images.yaml", None) else file)
    assert [f for f in found if f[0] == named and f[1].startswith(place) and reason in f[2]], found


def test_a_plain_text_with_brackets_is_its_own_answer(write: Callable[..., Path]) -> None:
    """The text of a dictation is no pattern; brackets in it are heard as nothing and break nothing."""
    pack = reader.read_pack(write(module=question(8, text="I am (here) [now]|then.")))
    dictated = next(each for each in pack.questions if each.key == "dictate")
    assert dictated.answers[0].replace("\\", "") == "I am (here) [now]|then."


def test_there_is_no_pack_of_that_name() -> None:
    for key in ("nothing", "../packs/en-ru-a1", "", "EN-RU-A1"):
        with pytest.raises(PackUnknown, match="There is no pack"):
            reader.read_shipped(key)


@pytest.mark.parametrize("key", reader.shipped_keys())
def test_a_shipped_pack_has_no_fault(key: str) -> None:
    pack = reader.read_shipped(key)
    lessons = [lesson for module in pack.modules for lesson in module.lessons]
    assert pack.key == key
    assert len(pack.modules) >= 4
    assert len(lessons) >= 16
    assert sum(1 for _ in pack.questions) >= 200
    assert len({each.kind for each in pack.questions}) >= 6
    for lesson in lessons:
        assert lesson.icon, lesson.key
        phrases = [each.spoken or each.answers[:1] for each in lesson.questions]
        for number, phrase in enumerate(phrases):
            assert not phrase or phrase not in phrases[max(0, number - 2) : number], (lesson.key, phrase)


def test_reading_a_pack_changes_nothing_on_disk(write: Callable[..., Path]) -> None:
    folder = write()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    reader.read_pack(folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
