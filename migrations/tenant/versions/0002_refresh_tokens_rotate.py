"""A session remembers which refresh token is good, and what it was opened with

Empty in sessions that are older: web servers of two revisions run at once during a roll-out.

Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sign_in", sa.Column("refresh_id", sa.Uuid(), nullable=True))
    op.add_column("sign_in", sa.Column("previous_refresh_id", sa.Uuid(), nullable=True))
    op.add_column("sign_in", sa.Column("refreshed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sign_in", sa.Column("user_agent", sa.String(length=200), nullable=True))
