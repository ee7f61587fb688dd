"""codes moves and copies."""

import sqlalchemy as sa
from alembic import op

from storage import columns

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wrong_codes",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("at", columns.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("wrong_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wrong_codes_at"), ["at"], unique=False)

    op.create_table(
        "codes",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("resident_id", columns.Id, nullable=False),
        sa.Column("chat_id", columns.Id, nullable=False),
        sa.Column("made_at", columns.Moment(timezone=True), nullable=False),
        sa.Column("expires_at", columns.Moment(timezone=True), nullable=False),
        sa.Column("used_at", columns.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_codes_chat_id"), ["chat_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_codes_resident_id"), ["resident_id"], unique=False)

    op.create_table(
        "copies",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("resident_id", columns.Id, nullable=False),
        sa.Column("chat_id", columns.Id, nullable=False),
        sa.Column("consent_id", columns.Id, nullable=True),
        sa.Column("since", columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("resident_id", "chat_id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("copies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_copies_chat_id"), ["chat_id"], unique=False)

    op.create_table(
        "moves",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("resident_id", columns.Id, nullable=False),
        sa.Column("from_chat", columns.Id, nullable=False),
        sa.Column("to_chat", columns.Id, nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("came", columns.Json, nullable=False),
        sa.Column("both", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("at", columns.Moment(timezone=True), nullable=False),
        sa.Column("undone_at", columns.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["from_chat"], ["chats.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["to_chat"], ["chats.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("moves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moves_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_moves_from_chat"), ["from_chat"], unique=False)
        batch_op.create_index(batch_op.f("ix_moves_resident_id"), ["resident_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moves_to_chat"), ["to_chat"], unique=False)

    with op.batch_alter_table("chats", schema=None) as batch_op:
        batch_op.add_column(sa.Column("chosen_at", columns.Moment(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("chats", schema=None) as batch_op:
        batch_op.drop_column("chosen_at")

    with op.batch_alter_table("moves", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moves_to_chat"))
        batch_op.drop_index(batch_op.f("ix_moves_resident_id"))
        batch_op.drop_index(batch_op.f("ix_moves_from_chat"))
        batch_op.drop_index(batch_op.f("ix_moves_at"))

    op.drop_table("moves")
    with op.batch_alter_table("copies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_copies_chat_id"))

    op.drop_table("copies")
    with op.batch_alter_table("codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_codes_resident_id"))
        batch_op.drop_index(batch_op.f("ix_codes_chat_id"))

    op.drop_table("codes")
    with op.batch_alter_table("wrong_codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wrong_codes_at"))

    op.drop_table("wrong_codes")
