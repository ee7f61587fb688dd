"""one posting from many sources."""

import sqlalchemy as sa
from alembic import op

from storage import columns

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "apart",
        sa.Column("older", columns.Id, nullable=False),
        sa.Column("newer", columns.Id, nullable=False),
        sa.Column("at", columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["newer"], ["postings.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["older"], ["postings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("older", "newer"),
    )
    with op.batch_alter_table("listings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("home", columns.Id, nullable=True))

    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("named", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("dated", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("merged_because", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("own", columns.Json, nullable=True))
        batch_op.add_column(sa.Column("told_by", columns.Json, nullable=True))
        batch_op.create_index("postings_dated", ["dated"], unique=False)
        batch_op.create_index("postings_merged", ["merged_into"], unique=False)
        batch_op.create_index("postings_named", ["named"], unique=False)
        batch_op.create_index("postings_number", ["number"], unique=False)
    # Those that Work24 numbers are known by it from now on. All else is compared when its source says something new.
    op.execute(
        "UPDATE postings SET number = (SELECT max(key) FROM listings WHERE posting_id = postings.id"
        " AND key LIKE 'K%' AND length(key) = 16)"
    )


def downgrade() -> None:
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.drop_index("postings_number")
        batch_op.drop_index("postings_named")
        batch_op.drop_index("postings_merged")
        batch_op.drop_index("postings_dated")
        batch_op.drop_column("told_by")
        batch_op.drop_column("own")
        batch_op.drop_column("merged_because")
        batch_op.drop_column("dated")
        batch_op.drop_column("named")
        batch_op.drop_column("number")

    with op.batch_alter_table("listings", schema=None) as batch_op:
        batch_op.drop_column("home")

    op.drop_table("apart")
