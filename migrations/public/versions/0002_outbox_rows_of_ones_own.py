"""A school's role writes events of its own school only

An event is delivered as the school it names, so whoever can write another school's name there acts in that school.

Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in (
        "ALTER TABLE public.outbox ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY school_writes_its_own ON public.outbox FOR INSERT TO lernejo_school "
        "WITH CHECK (current_user = 't_' || replace(tenant_id::text, '-', ''))",
        "CREATE POLICY public_writes_what_is_shared ON public.outbox FOR INSERT TO lernejo_public "
        "WITH CHECK (tenant_id IS NULL)",
        "CREATE POLICY dispatcher_delivers_all ON public.outbox TO lernejo_dispatcher USING (true)",
    ):
        op.execute(statement)
