"""Counting all rows of a database, to see that a refused request left nothing behind."""

from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine
from sqlalchemy.pool import NullPool

from core.config import read_settings


def owner_engine() -> Engine:
    """The owner's login to this worker's database, past all binding."""
    settings = read_settings()
    assert settings.database_url
    return create_engine(settings.database_url, poolclass=NullPool)


def count_rows(engine: Engine) -> dict[str, int]:
    """The number of rows of every table of `public` and of every school."""
    with engine.connect() as connection:
        tables = connection.execute(
            text(r"""SELECT schemaname, tablename FROM pg_tables
                     WHERE schemaname = 'public' OR schemaname LIKE 't\_%' ORDER BY 1, 2""")
        ).all()
        union = " UNION ALL ".join(
            f'SELECT \'{schema}.{table}\', count(*) FROM "{schema}"."{table}"' for schema, table in tables
        )
        return dict(connection.execute(text(union)).all())
