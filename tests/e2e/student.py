"""A student at the screen: sees what is shown, and answers with the keyboard alone."""

import json
import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page, Response, expect

from core.config import ROOT
from curriculum.packs import reader
from curriculum.packs.reader import PackQuestion
from tests import solver

PASSWORD = "three-small-words"
#: What the screen says above each kind of question.
INSTRUCTIONS = json.loads((ROOT / "spa" / "src" / "i18n" / "en.json").read_text())["lesson"]["instruction"]
KEYS = [*(f"Digit{digit}" for digit in "1234567890"), *(f"Key{letter}" for letter in "QWERTYUIOP")]


@dataclass
class Student:
    """Drives one page. `heard` collects the speech that the page fetched."""

    page: Page
    address: str
    name: str = field(default_factory=lambda: f"Nila {uuid.uuid4().hex[:4]}")
    user_name: str = field(default_factory=lambda: f"nila.{uuid.uuid4().hex[:10]}")
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("response", self._listen)

    def _listen(self, response: Response) -> None:
        if "/api/v1/audio/" in response.url and response.headers.get("content-type") == "audio/mpeg":
            self.heard.append(response.url)

    def register(self) -> None:
        """Join the class with its code."""
        page = self.page
        page.goto("/")
        page.get_by_role("link", name="Join your class").click()
        page.get_by_label("Class code").fill("nrthcd")
        page.get_by_label("Your name", exact=True).fill(self.name)
        page.get_by_label("User name").fill(self.user_name)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Start learning").click()
        # The path itself, not the page that says it is being fetched.
        expect(page.get_by_role("heading", name="Привет, это я!")).to_be_visible()

    def lesson(self) -> dict[str, Any]:
        """The next lesson as the API gives it to this session: what is asked, in which order."""
        script = """async () => {
            const path = await (await fetch('/api/v1/modules')).json()
            const next = path.modules.flatMap((module) => module.lessons).find((lesson) => lesson.is_next)
            return await (await fetch(`/api/v1/lesson/${next.id}`)).json()
        }"""
        lesson: dict[str, Any] = self.page.evaluate(script)
        return lesson

    def known(self, lesson: dict[str, Any]) -> list[PackQuestion]:
        """The pack's questions of a lesson, in the order in which they are asked."""
        lessons = solver.by_position(reader.read_shipped("en-ru-a1"))
        return list(lessons[(lesson["module_title"], lesson["title"])])

    def give(self, shown: dict[str, Any], answer: dict[str, Any]) -> None:
        """Answer the question on the screen, by keys, and check it."""
        if "choice" in answer:
            self._press([option["choice"] for option in shown["options"]].index(answer["choice"]))
        elif "pairs" in answer:
            lefts = [left["text"] for left in shown["left"]]
            rights = list(shown["right"])
            for left, right in answer["pairs"]:
                self._press(lefts.index(left))
                self._press(len(lefts) + rights.index(right))
        elif "bank" in shown:
            self._lay(shown["bank"], answer["text"])
        else:
            self.page.get_by_role("textbox").fill(answer["text"])
        self.page.keyboard.press("Enter")

    def _lay(self, bank: list[str], text: str) -> None:
        """Lay chips in the order of the sentence."""
        left = list(enumerate(bank))
        for word in text.split():
            bare = word.strip('.,!?;:…"«»“”()—–-')
            if not bare:
                continue
            index = next(index for index, chip in left if chip == bare)
            left = [(place, chip) for place, chip in left if place != index]
            self._press(index)

    def _press(self, index: int) -> None:
        self.page.keyboard.press(KEYS[index])

    def go_on(self) -> None:
        """Leave the verdict behind."""
        expect(self.page.get_by_role("button", name="Continue")).to_be_focused()
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("button", name="Continue")).to_have_count(0)

    def verdict(self) -> str:
        """The headline of the verdict on the screen."""
        button = self.page.get_by_role("button", name="Continue")
        expect(button).to_be_visible()
        return self.page.locator("section", has=button).get_by_role("heading").inner_text()

    def expect_question(self, shown: dict[str, Any]) -> None:
        """Wait until the question on the screen is the one that comes next."""
        kind = "match_audio" if shown.get("left_is_audio") else shown["kind"]
        wordings = [re.escape(text) for name, text in INSTRUCTIONS.items() if name.startswith(kind)]
        expect(self.page.get_by_role("heading", name=re.compile("|".join(wordings)))).to_be_visible()
        expect(self.page.get_by_role("button", name="Check")).to_be_visible()
        if text := shown.get("prompt") or shown.get("translation") or shown.get("word"):
            expect(self.page.get_by_text(text).first).to_be_visible()
