"""What waits is indexed in the order in which it is claimed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

QUEUED = sa.text("state = 'queued'")


def upgrade() -> None:
    _index("lane", "not_before", "id")


def downgrade() -> None:
    _index("lane", "not_before")


def _index(*columns: str) -> None:
    op.drop_index("deliveries_queued", table_name="deliveries")
    op.create_index("deliveries_queued", "deliveries", list(columns), sqlite_where=QUEUED, postgresql_where=QUEUED)
