"""Two Alembic environments, `public` and `tenant`. Alembic writes the revisions; here they are rendered to SQL once.

A rendered revision is run school by school at a fraction of what Alembic takes for each, and the script of all
revisions makes a new school.
"""

from enum import StrEnum
from functools import cache

from sqlalchemy.engine import Connection

from core.config import ROOT


class Environment(StrEnum):
    """Which tables a migration is about: those of `public`, or those of each school."""

    PUBLIC = "public"
    TENANT = "tenant"


@cache
def head(environment: Environment) -> str:
    """The newest revision of an environment; more than one head is an error that names them."""
    from alembic.script import ScriptDirectory

    revision = ScriptDirectory(str(ROOT / "migrations" / environment)).get_current_head()
    if revision is None:
        raise RuntimeError(f"migrations/{environment} has no revision")
    return revision


def upgrade(connection: Connection, environment: Environment) -> None:
    """Bring the tables that `connection` is bound to up to the head by Alembic itself, inside its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(ROOT / "migrations" / environment))
    command.upgrade(config, "head")


class _Statements(list[str]):
    """Alembic writes its offline SQL into a buffer, one statement at a time; comments are left out."""

    def write(self, text: str) -> None:
        statement = "\n".join(line for line in text.splitlines() if not line.startswith("--")).strip().rstrip(";")
        if statement:
            self.append(statement)

    def flush(self) -> None:
        """A file has it."""


@cache
def render(environment: Environment, start: str | None, end: str) -> tuple[str, ...]:
    """The SQL from revision `start` (None: from nothing) to `end`, a statement each, rendered without a database.

    The last statement of each revision moves `alembic_version`, and only from the revision before.
    """
    from alembic import command
    from alembic.config import Config

    statements = _Statements()
    config = Config(output_buffer=statements)  # type: ignore[arg-type]  # all it does with it is write
    config.set_main_option("script_location", str(ROOT / "migrations" / environment))
    command.upgrade(config, f"{start or 'base'}:{end}", sql=True)
    return tuple(statements)
