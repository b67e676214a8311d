"""Migrations of the schema `public`: the catalog of schools and what all schools share."""

from alembic import context

import curriculum.models  # noqa: F401  the imports fill the metadata
import tenants.models  # noqa: F401
from core.db import PublicModel
from core.events import OutboxEvent  # noqa: F401

connection = context.config.attributes["connection"]
# Tables here name their schema; read as the default schema, they would look like others without a name.
connection.dialect.default_schema_name = ""
context.configure(
    connection=connection,
    target_metadata=PublicModel.metadata,
    version_table_schema="public",
    include_schemas=True,
    include_name=lambda name, kind, _parents: name == "public" if kind == "schema" else True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
