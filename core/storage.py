"""Files by key: a folder, or S3 and its kin. Keys are content addresses, so a file never changes once written."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

LINK_SECONDS = 600


class FileMissing(Exception):
    """Nothing is stored under the key."""


class StorageAway(Exception):
    """The storage server cannot be reached; the same may work in a moment."""


@contextmanager
def _reached() -> Iterator[None]:
    """What botocore raises when a server is away, as an error of ours."""
    from botocore.exceptions import BotoCoreError

    try:
        yield
    except BotoCoreError as error:
        raise StorageAway(str(error)) from error


class Storage(Protocol):
    """Where files live."""

    def put(self, key: str, data: bytes, *, content_type: str) -> None:
        """Store `data` whole or not at all; what is there already stays."""

    def get(self, key: str) -> bytes:
        """The bytes; raises `FileMissing`."""

    def exists(self, key: str) -> bool:
        """Whether the key is stored."""

    def link(self, key: str, *, content_type: str) -> str | None:
        """A short-lived address to fetch the file from, or None when the caller serves the bytes itself."""


@dataclass(frozen=True, slots=True)
class FolderStorage:
    """Files in a folder on this machine."""

    root: Path

    def _path(self, key: str) -> Path:
        path = (self.root / key).resolve()
        if not path.is_relative_to(self.root.resolve()):
            raise ValueError(f"the key {key!r} leaves the storage folder")
        return path

    def put(self, key: str, data: bytes, *, content_type: str) -> None:
        path = self._path(key)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        # Another name first: a reader, or a crash, must never meet half a file.
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def get(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except (FileNotFoundError, IsADirectoryError):
            raise FileMissing(key) from None

    def exists(self, key: str) -> bool:
        return self._path(key).is_file()

    def link(self, key: str, *, content_type: str) -> str | None:
        return None


@dataclass(frozen=True, slots=True)
class S3Storage:
    """Files in a bucket of S3, MinIO or another server that speaks the same protocol."""

    client: "S3Client"
    bucket: str
    #: Signs links for the address browsers use: the host is part of what is signed, so no proxy can mend it later.
    public_client: "S3Client | None" = None

    @_reached()
    def put(self, key: str, data: bytes, *, content_type: str) -> None:
        from botocore.exceptions import ClientError

        try:
            self.client.put_object(Bucket=self.bucket, Key=key, Body=data, ContentType=content_type, IfNoneMatch="*")
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] != 412:  # 412: it is there already
                raise

    @_reached()
    def get(self, key: str) -> bytes:
        from botocore.exceptions import ClientError

        try:
            return self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read()
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileMissing(key) from None
            raise

    @_reached()
    def exists(self, key: str) -> bool:
        from botocore.exceptions import ClientError

        try:
            self.client.head_object(Bucket=self.bucket, Key=key)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return False
            raise
        return True

    def link(self, key: str, *, content_type: str) -> str | None:
        if self.public_client is None:
            return None
        return self.public_client.generate_presigned_url(
            "get_object",
            Params={"Bucket": self.bucket, "Key": key, "ResponseContentType": content_type},
            ExpiresIn=LINK_SECONDS,
        )

    def ensure_bucket(self) -> None:
        """Make the bucket when the server lets us and it is missing."""
        from botocore.exceptions import ClientError

        try:
            self.client.head_bucket(Bucket=self.bucket)
        except ClientError:
            self.client.create_bucket(Bucket=self.bucket)


def open_storage(url: str, *, public_url: str | None = None) -> Storage:
    """Storage by address: `file:///folder`, `s3://key:secret@host/bucket`, or `s3+http://…` without TLS.

    `public_url` is the origin under which browsers reach the same S3 server; without one `link()` gives none, because
    the address above may be an inner one.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        root = Path(unquote(parts.path))
        root.mkdir(parents=True, exist_ok=True)
        return FolderStorage(root)
    import boto3  # costs half a second, which a folder need not pay
    from botocore.config import Config

    def connect_to(endpoint: str) -> "S3Client":
        client: S3Client = boto3.client(
            "s3",
            endpoint_url=endpoint,
            aws_access_key_id=unquote(parts.username or ""),
            aws_secret_access_key=unquote(parts.password or ""),
            region_name="us-east-1",
            config=Config(
                connect_timeout=5,
                read_timeout=30,
                retries={"max_attempts": 3},
                s3={"addressing_style": "path"},
                signature_version="s3v4",  # links are otherwise signed the old way, which many servers refuse
            ),
        )
        return client

    # Without a port botocore takes the scheme's own.
    endpoint = f"{'http' if parts.scheme == 's3+http' else 'https'}://{parts.netloc.rpartition('@')[2]}"
    return S3Storage(connect_to(endpoint), parts.path.strip("/"), connect_to(public_url) if public_url else None)


_stores: list[Storage] = []


def connect(url: str, *, public_url: str | None = None) -> None:
    """Choose the application's storage."""
    _stores[:] = [open_storage(url, public_url=public_url)]


def storage() -> Storage:
    """The application's storage."""
    return _stores[0]
