"""Settings: one frozen dataclass, one parser per variable, all problems reported at once.

The product reads the environment here alone; the launcher in `deploy/` prepares it.
"""

import hashlib
import hmac
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit

from sqlalchemy.engine import make_url

ROOT = Path(__file__).resolve().parent.parent

T = TypeVar("T")


class InvalidSettings(Exception):
    """The environment cannot start the product; `problems` names every variable at fault."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("Settings are incomplete:\n" + "\n".join(f"  - {problem}" for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the product is told from outside.

    `database_url` logs in as the owner (migrations, operators) and may be absent in web and worker;
    `database_app_url` is the weak login that serves requests. `storage_public_url` is where browsers reach the S3
    server; without it they get files through the application.
    """

    database_url: str | None
    database_app_url: str
    redis_url: str
    storage_url: str
    storage_public_url: str | None
    secret_key: str
    default_school: str | None
    base_domain: str | None
    cookie_secure: bool
    spa_dir: Path
    db_pool_size: int
    schools_per_connection: int
    log_level: str


def _split(text: str) -> SplitResult:
    """The parts of an address; a port that is none is said here and not met at the first connection."""
    parts = urlsplit(text)
    try:
        _ = parts.port
    except ValueError:
        raise ValueError("has a port that is no number from 0 to 65535") from None
    return parts


def _postgres_url(text: str) -> str:
    """SQLAlchemy reads a plain `postgresql://` as psycopg 3, whose prepared statements break on mixed migrations."""
    parts = _split(text)
    if parts.scheme not in ("postgres", "postgresql", "postgresql+psycopg2"):
        raise ValueError("must look like postgresql://user:password@host:5432/name")
    if len(parts.path) < 2:
        raise ValueError("names no database; put it after the host, as in postgresql://user@host/lernejo")
    return "postgresql+psycopg2://" + text.split("://", 1)[1]


def _redis_url(text: str) -> str:
    if _split(text).scheme not in ("redis", "rediss", "unix"):
        raise ValueError("must look like redis://host:6379/0")
    return text


def _storage_url(text: str) -> str:
    parts = _split(text)
    is_bucket = parts.scheme in ("s3", "s3+http") and parts.hostname and parts.path.strip("/")
    if parts.scheme != "file" and not is_bucket:
        raise ValueError("must be file:///folder, s3://key:secret@host/bucket or s3+http://key:secret@host:port/bucket")
    return text


def _origin(text: str) -> str:
    """A path, a query or a login in it would end up beside what is signed, and the link would be refused."""
    parts = urlsplit(text)
    is_bare = not parts.username and parts.path in ("", "/") and not parts.query and not parts.fragment
    if parts.scheme not in ("http", "https") or not parts.hostname or not is_bare:
        raise ValueError("must look like https://files.example.org, with nothing behind the host and port")
    return f"{parts.scheme}://{parts.netloc}"


def _secret(text: str) -> str:
    if len(text) < 32:
        raise ValueError("must have at least 32 characters; `python -c 'import secrets; print(secrets.token_hex(32))'`")
    return text


def _flag(text: str) -> bool:
    try:
        return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[text.lower()]
    except KeyError:
        raise ValueError("must be 1 or 0") from None


def _positive(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise ValueError("must be a whole number above 0")
    return int(text)


def _log_level(text: str) -> str:
    if text.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
    return text.upper()


def app_login_password(secret_key: str) -> str:
    """The weak login's password when none is given: derived, so that migrations and web agree on it."""
    return hmac.new(secret_key.encode(), b"lernejo database login", hashlib.sha256).hexdigest()


def app_login_url(owner_url: str, secret_key: str) -> str:
    """The owner's URL with the weak login of that database in place of the owner."""
    url = make_url(owner_url)
    # Logins belong to the whole server: two installations on it must not share one.
    login = "lernejo_app_" + hashlib.sha256((url.database or "").encode()).hexdigest()[:8]
    url = url.set(username=login, password=app_login_password(secret_key))
    return url.render_as_string(hide_password=False)


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Parse the environment into `Settings`; raises `InvalidSettings` naming every variable at fault."""
    env = os.environ if environ is None else environ
    problems: list[str] = []

    def read(name: str, parse: Callable[[str], T], default: T, *, required: bool = False) -> T:
        text = env.get(name, "").strip()
        if not text:
            if required:
                problems.append(f"{name} is not set")
            return default
        try:
            return parse(text)
        except ValueError as error:
            problems.append(f"{name} {error}")
            return default

    database_url = read("DATABASE_URL", _postgres_url, "")
    secret_key = read("SECRET_KEY", _secret, "", required=True)
    app_url = read("DATABASE_APP_URL", _postgres_url, "")
    if not any(env.get(name, "").strip() for name in ("DATABASE_URL", "DATABASE_APP_URL")):
        problems.append("DATABASE_URL (or DATABASE_APP_URL, for web and worker alone) is not set")
    settings = Settings(
        database_url=database_url or None,
        database_app_url=app_url or (app_login_url(database_url, secret_key) if database_url else ""),
        redis_url=read("REDIS_URL", _redis_url, "", required=True),
        storage_url=read("STORAGE_URL", _storage_url, "", required=True),
        storage_public_url=read("STORAGE_PUBLIC_URL", _origin, "") or None,
        secret_key=secret_key,
        default_school=read("DEFAULT_SCHOOL", str, "") or None,
        base_domain=read("BASE_DOMAIN", str.lower, "") or None,
        cookie_secure=read("COOKIE_SECURE", _flag, True),
        spa_dir=read("SPA_DIR", Path, ROOT / "spa" / "dist"),
        db_pool_size=read("DB_POOL_SIZE", _positive, 8),
        schools_per_connection=read("SCHOOLS_PER_CONNECTION", _positive, 100),
        log_level=read("LOG_LEVEL", _log_level, "INFO"),
    )
    if problems:
        raise InvalidSettings(problems)
    return settings
