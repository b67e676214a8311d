"""The real stack in real processes, and Chromium to drive it."""

import json
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import stack
from tests.e2e.student import Student

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
SCREENS = Path(os.environ.get("SCREENS_DIR") or stack.ROOT / ".cache" / "screens")

# Machines are slow and noisy; what counts is that it comes, not how fast.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All journeys share one stack, so they run in one worker; without a Chromium they are skipped, aloud."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group("browser"))
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine; .ci/run installs one"))


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Web and worker on a database of their own; where they are."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("stack") / "stack.log"
    with stack.running_stack(database="lernejo_test_browser", redis_index=13, port=port, log=log) as (address, _):
        yield address


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, quiet: nothing of it may reach for the network."""
    quiet = [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
    ]  # fmt: skip
    return {"executable_path": CHROMIUM, "args": quiet}


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """A fresh browser window: `open_page(width=390, height=844, dark=False)`. Script errors fail the test."""
    errors: list[str] = []
    contexts = []

    def open_(*, width: int = 390, height: int = 844, dark: bool = False, locale: str = "en-GB") -> Page:
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale=locale,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_
    for context in contexts:
        context.close()
    assert errors == []


SETTLED = """() => {
    const shown = [...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight)
    const moving = document.getAnimations().filter((each) => each.effect?.getComputedTiming().iterations !== Infinity)
    return shown.every((image) => image.complete) && moving.every((each) => each.playState === 'finished')
}"""


def settle(page: Page) -> None:
    """Wait until the pictures on the screen are there and nothing moves any more but what moves for ever."""
    page.wait_for_function(SETTLED)


@pytest.fixture
def screenshot() -> Callable[[Page, str], None]:
    """Keep a picture of the page in .cache/screens (or SCREENS_DIR), to be looked at."""

    def keep(page: Page, name: str) -> None:
        SCREENS.mkdir(parents=True, exist_ok=True)
        settle(page)
        page.screenshot(path=SCREENS / f"{name}.png")

    return keep


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """The violations of WCAG 2.2 AA that axe-core finds on the page, as readable lines."""
    source = (stack.ROOT / "spa" / "node_modules" / "axe-core" / "axe.min.js").read_text()

    def check(page: Page) -> list[str]:
        settle(page)
        page.evaluate(source)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        found = page.evaluate(
            "async (tags) => (await axe.run(document, {runOnly: {type: 'tag', values: tags}})).violations", tags
        )
        return [f"{item['id']}: {json.dumps([node['html'][:200] for node in item['nodes']])}" for item in found]

    return check


@pytest.fixture
def new_student(address: str) -> Callable[[Page], Student]:
    """Somebody who sits down at a page and knows the whole course."""
    return lambda page: Student(page, address)
