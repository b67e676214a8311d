"""Migrations of one school's schema. The connection arrives bound to it; no name of a schema stands in a revision."""

from alembic import context

import curriculum.models  # noqa: F401  the imports fill the metadata
import learners.models  # noqa: F401
import tenants.models  # noqa: F401
from core.db import TenantModel

if context.is_offline_mode():
    # Rendered without a transaction of its own: whoever runs the SQL brings one for each school.
    context.configure(
        dialect_name="postgresql", target_metadata=TenantModel.metadata, literal_binds=True, transactional_ddl=False
    )
else:
    connection = context.config.attributes["connection"]
    # Comparing models with tables looks at the default schema; here that is the school's.
    connection.dialect.default_schema_name = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    context.configure(
        connection=connection, target_metadata=TenantModel.metadata, include_schemas=False, compare_server_default=True
    )
with context.begin_transaction():
    context.run_migrations()
