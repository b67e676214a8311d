"""What the dashboard's responses carry: a strict policy, compressed bundles that keep, pages that do not."""

import re
import subprocess
import sys
from collections.abc import Callable

import brotli
import pytest

from core.config import ROOT
from tests.conftest import School
from tests.dashboard.conftest import Page

PageOf = Callable[[School, str | None], Page]
PLOTLY = "_dash-component-suites/plotly/package_data/plotly.min.js"


@pytest.fixture
def page(north: School, page_of: PageOf) -> Page:
    return page_of(north, "teacher")


def policy_of(header: str) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


def test_scripts_run_from_here_or_by_their_hash_alone(page: Page) -> None:
    response = page.get()
    policy = policy_of(response.headers["Content-Security-Policy"])
    assert re.fullmatch(r"'self'( 'sha256-[\w+/]+=*')+", policy["script-src"])
    assert policy["default-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    inline = re.findall(
        r"<script(?![^>]*\ssrc=)(?![^>]*application/json)[^>]*>(.+?)</script>", response.text, re.DOTALL
    )
    assert len(inline) == policy["script-src"].count("sha256-")


def test_nothing_is_fetched_from_elsewhere(page: Page) -> None:
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.get().text)
    assert addresses
    assert all(address.startswith("/dashboard/") for address in addresses)


def test_other_pages_keep_their_own_policy(north: School) -> None:
    assert "sha256-" not in north.anonymous.get("/school").headers["Content-Security-Policy"]


def test_every_bundle_of_the_page_is_compressed_and_kept(north: School, page: Page, page_of: PageOf) -> None:
    nobody = page_of(north, None)
    bundles = re.findall(r'src="/dashboard/(_dash-component-suites/[^"]+)"', page.get().text)
    assert len(bundles) > 5
    for path in bundles:
        for _ in range(2):  # made, then kept
            response = nobody.get(path, **{"Accept-Encoding": "gzip, br"})
            assert (response.status_code, response.content_encoding) == (200, "br"), path
            assert (response.cache_control.max_age, response.cache_control.immutable) == (31_536_000, True)
            assert "Accept-Encoding" in response.vary
            assert brotli.decompress(response.data)


def test_a_bundle_without_a_fingerprint_is_revalidated(page: Page) -> None:
    page.get()  # Dash learns its files from the first page
    first, second = (page.get(PLOTLY, **{"Accept-Encoding": "br"}) for _ in range(2))
    assert first.data == second.data
    assert len(first.data) < 1_500_000
    assert first.cache_control.no_cache
    assert first.headers["ETag"] == second.headers["ETag"]
    again = page.get(PLOTLY, **{"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert len(page.get(PLOTLY).data) > 4_000_000


@pytest.mark.parametrize("path", ["plotly/nothing.js", "os/path.py", "dash/../../wsgi.py"])
def test_unknown_bundles_are_not_found(page: Page, path: str) -> None:
    assert page.get(f"_dash-component-suites/{path}").status_code == 404


def test_assets_keep_and_pages_are_never_stored(page: Page) -> None:
    sheet = re.search(r'href="/dashboard/(assets/base.css[^"]+)"', page.get().text)
    assert sheet
    response = page.get(sheet[1], **{"Accept-Encoding": "br"})
    assert (response.cache_control.max_age, response.content_encoding) == (31_536_000, "br")
    again = page.get(sheet[1], **{"Accept-Encoding": "br", "If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
    for response in (page.get(), page.get("_dash-layout"), page.open()):
        assert response.cache_control.no_store


def test_the_worker_does_not_carry_dash() -> None:
    code = "import sys, tasks.worker; sys.exit('dash' in sys.modules or 'plotly' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
