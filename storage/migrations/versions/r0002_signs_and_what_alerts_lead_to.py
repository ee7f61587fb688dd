"""signs and what alerts lead to."""

import sqlalchemy as sa
from alembic import op

from storage import columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signs",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("made_at", columns.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("opened_at", columns.Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("applied_at", columns.Moment(timezone=True), nullable=True))

    with op.batch_alter_table("wishes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sign", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("wishes", schema=None) as batch_op:
        batch_op.drop_column("sign")

    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_column("applied_at")
        batch_op.drop_column("opened_at")

    op.drop_table("signs")
