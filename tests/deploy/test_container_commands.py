"""The commands of the Dockerfile and compose.yaml, run as they stand there, on real PostgreSQL, Redis and S3."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from core.config import ROOT, InvalidSettings, read_settings
from core.http import PREFIX
from core.storage import S3Storage, open_storage
from curriculum.speech import image_key
from tests.conftest import School
from tests.deploy.compose import SECRETS, environment_of, exec_form, read_compose

# One S3 server for all of them: it takes seconds to start.
pytestmark = pytest.mark.xdist_group("container")

BINARIES = Path(sys.executable).parent
START_SECONDS = 90


def free_port() -> int:
    """A port that nobody listens on, low enough for what SeaweedFS puts 10,000 above it."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        if port < 55_000:
            return port


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until `url` answers 200."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, f"{process.args!r} ended with {process.returncode}"
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")


def wait_for_end(process: subprocess.Popen[bytes], number: signal.Signals) -> int:
    """Send a signal and return the exit code."""
    process.send_signal(number)
    return process.wait(timeout=60)


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = read_compose(SECRETS)["services"]
    return found


@pytest.fixture(scope="module")
def s3_port(services: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The S3 server of compose.yaml, with the same arguments but for its folder and ports."""
    folder = tmp_path_factory.mktemp("s3")
    port = free_port()
    moved = [f"-{part}.port={free_port()}" for part in ("master", "volume", "filer")]
    local_sockets = [f"-{part}.localSocket={folder}/{part}.sock" for part in ("filer", "s3")]
    command = [
        BINARIES / "weed", *services["storage"]["command"], f"-dir={folder}", f"-s3.port={port}", *moved, *local_sockets
    ]  # fmt: skip
    environment = os.environ | environment_of(services["storage"])
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield port
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def environment(services: dict[str, Any], s3_port: int) -> dict[str, str]:
    """The environment of the product on this run's database and the S3 server; browsers know that by another name."""
    url = environment_of(services["web"])["STORAGE_URL"].replace("storage:8333", f"127.0.0.1:{s3_port}")
    return os.environ | {"STORAGE_URL": url, "STORAGE_PUBLIC_URL": f"http://localhost:{s3_port}"}


@pytest.fixture(scope="module")
def store(services: dict[str, Any], environment: dict[str, str]) -> S3Storage:
    """The bucket, made by the command of compose.yaml, twice."""
    name, *arguments = services["bucket"]["command"]
    for _ in range(2):
        run = subprocess.run(
            [BINARIES / name, *arguments], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
        assert run.stdout == "The bucket 'lernejo' is ready.\n"
    store = open_storage(environment["STORAGE_URL"], public_url=environment["STORAGE_PUBLIC_URL"])
    assert isinstance(store, S3Storage)
    return store


@pytest.fixture(scope="module")
def web(environment: dict[str, str], store: S3Storage) -> Iterator[str]:
    """The image's default command on another port; stopped as `docker stop` does, within its grace."""
    port = str(free_port())
    command = [port if word == "8000" else word for word in exec_form("CMD")]
    process = subprocess.Popen([BINARIES / command[0], *command[1:]], cwd=ROOT, env=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}"
        assert wait_for_end(process, signal.SIGTERM) == 0
    finally:
        process.kill()


def test_the_health_check_tells_a_living_server_from_a_dead_one(web: str) -> None:
    _python, option, script = exec_form("HEALTHCHECK")

    def check(port: int | None) -> int:
        moved = script.replace("8000", str(port))
        return subprocess.run([sys.executable, option, moved], check=False, capture_output=True).returncode

    assert check(urlsplit(web).port) == 0
    assert check(free_port()) != 0


def test_a_file_is_fetched_by_a_link_under_the_public_name(web: str, store: S3Storage, north: School) -> None:
    picture = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    image = f"{hashlib.sha256(picture).hexdigest()}.svg"
    store.put(image_key(image), picture, content_type="image/svg+xml")
    token = north.sign_in("student").token
    headers = {"Authorization": f"Bearer {token}", "X-School": "north"}

    answer = requests.get(f"{web}{PREFIX}/image/{image}", headers=headers, allow_redirects=False, timeout=10)
    assert answer.status_code == 302
    link = answer.headers["Location"]
    assert urlsplit(link).hostname == "localhost"
    origin = f"http://{urlsplit(link).netloc}"
    for directive in ("img-src", "media-src"):
        allowed = next(part for part in answer.headers["Content-Security-Policy"].split("; ") if directive in part)
        assert origin in allowed.split(), "a browser would refuse to follow the link"

    file = requests.get(link, timeout=10)
    assert (file.status_code, file.content, file.headers["Content-Type"]) == (200, picture, "image/svg+xml")


def test_a_link_opens_nothing_else(store: S3Storage) -> None:
    for key in ("a", "b"):
        store.put(key, key.encode(), content_type="text/plain")
    link = store.link("a", content_type="text/plain")
    assert link is not None
    for forged in (link.replace("/a?", "/b?"), link.replace("localhost", "127.0.0.1"), link.split("?")[0]):
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(forged, timeout=10)


def test_without_a_public_address_the_application_serves_the_bytes(environment: dict[str, str]) -> None:
    assert open_storage(environment["STORAGE_URL"]).link("a", content_type="text/plain") is None


@pytest.mark.parametrize(
    "text",
    ["files.example.org", "ftp://example.org", "https://example.org/files", "https://a:b@example.org", "https://"],
)
def test_a_public_address_that_would_break_links_stops_the_start(environment: dict[str, str], text: str) -> None:
    with pytest.raises(InvalidSettings, match="STORAGE_PUBLIC_URL must look like"):
        read_settings(environment | {"STORAGE_PUBLIC_URL": text})


def catches(process: subprocess.Popen[bytes], number: signal.Signals) -> bool:
    """Whether the process has a handler for the signal by now: before that, any signal would simply kill it."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught, 16) >> (number - 1) & 1)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells which signals are caught")
def test_the_worker_ends_by_itself_when_it_is_told_to_stop(
    services: dict[str, Any], environment: dict[str, str], store: S3Storage, tmp_path: Path
) -> None:
    name, *arguments = (word for word in services["worker"]["command"] if word != "--quiet")
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [BINARIES / name, *arguments], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not catches(process, signal.SIGTERM):
            text = (tmp_path / "log").read_text()
            assert process.poll() is None, text
            assert time.monotonic() < deadline, text
            time.sleep(0.1)
        assert wait_for_end(process, signal.SIGTERM) == 0
    finally:
        process.kill()
