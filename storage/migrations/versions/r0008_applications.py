"""applications."""

import sqlalchemy as sa
from alembic import op

from storage import columns

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "applications",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("posting_id", columns.Id, nullable=False),
        sa.Column("resident_id", columns.Id, nullable=False),
        sa.Column("track", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("form", columns.Sealed(), nullable=False),
        sa.Column("slot_id", columns.Id, nullable=True),
        sa.Column("made_at", columns.Moment(timezone=True), nullable=False),
        sa.Column("changed_at", columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("posting_id", "resident_id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_applications_resident_id"), ["resident_id"], unique=False)

    op.create_table(
        "profiles",
        sa.Column("resident_id", columns.Id, nullable=False),
        sa.Column("form", columns.Sealed(), nullable=False),
        sa.Column("since", columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("resident_id"),
    )
    op.create_table(
        "slots",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("posting_id", columns.Id, nullable=False),
        sa.Column("starts", columns.Moment(timezone=True), nullable=False),
        sa.Column("seats", columns.Id, server_default="1", nullable=False),
        sa.Column("taken", columns.Id, server_default="0", nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("slots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_slots_posting_id"), ["posting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_slots_starts"), ["starts"], unique=False)

    op.create_table(
        "milestones",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("application_id", columns.Id, nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("by", columns.Id, nullable=True),
        sa.Column("at", columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["applications.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestones_application_id"), ["application_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestones_application_id"))

    op.drop_table("milestones")
    with op.batch_alter_table("slots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_slots_starts"))
        batch_op.drop_index(batch_op.f("ix_slots_posting_id"))

    op.drop_table("slots")
    op.drop_table("profiles")
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_applications_resident_id"))

    op.drop_table("applications")
