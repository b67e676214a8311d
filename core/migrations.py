"""Two Alembic environments, `public` and `tenant`, driven over a connection that the caller has bound."""

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
    """Bring the tables that `connection` is bound to up to the head, inside its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(ROOT / "migrations" / environment))
    command.upgrade(config, "head")
