"""What the container files say, as the tests read it."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import yaml

from core.config import ROOT

SECRETS = {
    "SECRET_KEY": "5" * 64,
    "POSTGRES_PASSWORD": "6" * 64,
    "DATABASE_APP_PASSWORD": "7" * 64,
    "REDIS_PASSWORD": "8" * 64,
    "STORAGE_PASSWORD": "9" * 64,
}


class Missing(Exception):
    """A variable that compose.yaml requires is not in .env; the message is the one that an operator reads."""


def _fill(value: Any, given: dict[str, str]) -> Any:
    """Compose's interpolation, as far as compose.yaml uses it."""
    if isinstance(value, dict):
        return {key: _fill(item, given) for key, item in value.items()}
    if isinstance(value, list):
        return [_fill(item, given) for item in value]
    if not isinstance(value, str):
        return value

    def fill(match: re.Match[str]) -> str:
        name, operator, rest = match.groups()
        if operator == ":?" and not given.get(name):
            raise Missing(f"{name}: {rest}")
        return given.get(name) or rest

    return re.sub(r"\$\{(\w+)(:-|:\?)([^}]*)\}", fill, value)


def read_compose(given: dict[str, str]) -> dict[str, Any]:
    """compose.yaml with the variables of an .env file."""
    document: dict[str, Any] = _fill(yaml.safe_load((ROOT / "compose.yaml").read_text()), given)
    return document


def environment_of(service: dict[str, Any]) -> dict[str, str]:
    """The environment of a service."""
    return {name: str(value) for name, value in service["environment"].items()}


def read_dockerfile() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile with their arguments, comments and line breaks taken out."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in lines if line.strip()]


def exec_form(instruction: str) -> list[str]:
    """The command of `CMD` or `HEALTHCHECK`; fails when it would run through a shell."""
    argument = next(argument for name, argument in read_dockerfile() if name == instruction)
    command: list[str] = json.loads(argument[argument.index("[") :])
    return command


def copied_sources() -> list[Path]:
    """What `COPY` takes from the sources, stage by stage."""
    copies = [shlex.split(argument) for name, argument in read_dockerfile() if name == "COPY"]
    return [ROOT / source for words in copies if not words[0].startswith("--from=") for source in words[:-1]]
