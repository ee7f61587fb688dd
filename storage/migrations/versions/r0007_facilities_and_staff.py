"""facilities and staff."""

import sqlalchemy as sa
from alembic import op

from storage import columns

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("at", columns.Moment(timezone=True), nullable=False),
        sa.Column("by", columns.Id, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("facility_id", columns.Id, nullable=True),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("subject_id", columns.Id, nullable=True),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lines", columns.Id, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "facilities",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="other", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=True),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("apply", sa.Text(), server_default="", nullable=False),
        sa.Column("checked", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("created_at", columns.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "follows",
        sa.Column("resident_id", columns.Id, nullable=False),
        sa.Column("facility_id", columns.Id, nullable=False),
        sa.Column("since", columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["facility_id"], ["facilities.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("resident_id", "facility_id"),
    )
    with op.batch_alter_table("follows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follows_facility_id"), ["facility_id"], unique=False)

    op.create_table(
        "manages",
        sa.Column("resident_id", columns.Id, nullable=False),
        sa.Column("facility_id", columns.Id, nullable=False),
        sa.Column("since", columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["facility_id"], ["facilities.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("resident_id", "facility_id"),
    )
    with op.batch_alter_table("manages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_manages_facility_id"), ["facility_id"], unique=False)

    op.create_table(
        "walk_ins",
        sa.Column("resident_id", columns.Id, nullable=False),
        sa.Column("name", columns.Sealed(), nullable=False),
        sa.Column("phone", columns.Sealed(), nullable=True),
        sa.Column("facility_id", columns.Id, nullable=True),
        sa.Column("entered_by", columns.Id, nullable=False),
        sa.Column("paper", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("since", columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["facility_id"], ["facilities.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("resident_id"),
    )
    with op.batch_alter_table("walk_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_walk_ins_facility_id"), ["facility_id"], unique=False)

    op.create_table(
        "concerns",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("resident_id", columns.Id, nullable=False),
        sa.Column("posting_id", columns.Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", columns.Moment(timezone=True), nullable=False),
        sa.Column("handled_at", columns.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("resident_id", "posting_id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("concerns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concerns_posting_id"), ["posting_id"], unique=False)

    op.create_table(
        "writings",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("facility_id", columns.Id, nullable=False),
        sa.Column("written_by", columns.Id, nullable=False),
        sa.Column("cells", columns.Json, nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("posting_id", columns.Id, nullable=True),
        sa.Column("seen", columns.Id, nullable=True),
        sa.Column("revision", columns.Id, server_default="1", nullable=False),
        sa.Column("decided_by", columns.Id, nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", columns.Moment(timezone=True), nullable=False),
        sa.Column("changed_at", columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["facility_id"], ["facilities.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("writings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_writings_facility_id"), ["facility_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_writings_posting_id"), ["posting_id"], unique=False)

    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("facility_id", columns.Id, nullable=True))
        batch_op.add_column(sa.Column("whose", columns.Id, nullable=True))
        batch_op.add_column(sa.Column("made_by", columns.Id, nullable=True))
        batch_op.add_column(sa.Column("used_by", columns.Id, nullable=True))

    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("facility_id", columns.Id, nullable=True))
        batch_op.add_column(sa.Column("held_at", columns.Moment(timezone=True), nullable=True))
        batch_op.create_index("postings_facility_id", ["facility_id"], unique=False)

    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name", columns.Sealed(), nullable=True))
        batch_op.add_column(sa.Column("ended_at", columns.Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("acted_at", columns.Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("hidden", sa.Boolean(), server_default=sa.text("(false)"), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.drop_column("hidden")
        batch_op.drop_column("acted_at")
        batch_op.drop_column("ended_at")
        batch_op.drop_column("name")

    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.drop_index("postings_facility_id")
        batch_op.drop_column("held_at")
        batch_op.drop_column("facility_id")

    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_column("used_by")
        batch_op.drop_column("made_by")
        batch_op.drop_column("whose")
        batch_op.drop_column("facility_id")

    with op.batch_alter_table("writings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_writings_posting_id"))
        batch_op.drop_index(batch_op.f("ix_writings_facility_id"))

    op.drop_table("writings")
    with op.batch_alter_table("concerns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concerns_posting_id"))

    op.drop_table("concerns")
    with op.batch_alter_table("walk_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_walk_ins_facility_id"))

    op.drop_table("walk_ins")
    with op.batch_alter_table("manages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_manages_facility_id"))

    op.drop_table("manages")
    with op.batch_alter_table("follows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follows_facility_id"))

    op.drop_table("follows")
    op.drop_table("facilities")
    op.drop_table("audit_head")
    op.drop_table("audit")
