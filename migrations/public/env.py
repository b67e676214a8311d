"""Migrations of the schema `public`: the catalog of schools and what all schools share."""

from alembic import context

import curriculum.models  # noqa: F401  the imports fill the metadata
import tenants.models  # noqa: F401
from core.db import PublicModel
from core.events import OutboxEvent  # noqa: F401

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=PublicModel.metadata,
    version_table_schema="public",
    include_schemas=True,
    include_name=lambda name, kind, _parents: name in (None, "public") if kind == "schema" else True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
