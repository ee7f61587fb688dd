"""The first schema."""

import sqlalchemy as sa
from alembic import op

from storage import columns

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "area_aliases",
        sa.Column("code", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", "alias"),
    )
    op.create_table(
        "area_borders",
        sa.Column("code", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("near", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("km", sa.Float(), nullable=False),
        sa.Column("border", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", "near"),
    )
    op.create_table(
        "area_changes",
        sa.Column("old", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("new", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("old", "new"),
    )
    op.create_table(
        "area_links",
        sa.Column("legal", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("admin", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("legal", "admin"),
    )
    with op.batch_alter_table("area_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_links_admin"), ["admin"], unique=False)

    op.create_table(
        "areas",
        sa.Column("code", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parent", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("name_ko", sa.Text(), nullable=False),
        sa.Column("full_ko", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("full_en", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    with op.batch_alter_table("areas", schema=None) as batch_op:
        batch_op.create_index("areas_by_parent", ["parent"], unique=False)

    op.create_table(
        "counts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("n", columns.Id, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("day", "name"),
    )
    op.create_table(
        "invitations",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("expires_at", columns.Moment(timezone=True), nullable=False),
        sa.Column("used_at", columns.Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "memos",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "polls",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", columns.Moment(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("counts", columns.Json, nullable=False),
        sa.Column("faults", columns.Json, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("polls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_polls_at"), ["at"], unique=False)

    op.create_table(
        "postings",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), server_default="job", nullable=False),
        sa.Column("sector", sa.Text(), server_default="public", nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("merged_into", columns.Id, nullable=True),
        sa.Column("revision", columns.Id, server_default="1", nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), server_default="", nullable=False),
        sa.Column("occupation", sa.Text(), nullable=True),
        sa.Column("kind_bit", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("sector_bit", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("occupation_bit", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("hour_bits", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("pay_hourly", columns.Id, nullable=True),
        sa.Column("scope", sa.Text(), server_default="emd", nullable=False),
        sa.Column("pay_kind", sa.Text(), nullable=True),
        sa.Column("pay_low", columns.Id, nullable=True),
        sa.Column("pay_high", columns.Id, nullable=True),
        sa.Column("days", columns.Id, server_default="0", nullable=False),
        sa.Column("spans", columns.Json, nullable=False),
        sa.Column("week_minutes", columns.Id, nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("headcount", columns.Id, nullable=True),
        sa.Column("foreigners", sa.Text(), server_default="unknown", nullable=False),
        sa.Column("statuses", sa.Text(), server_default="", nullable=False),
        sa.Column("until_filled", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("closes_at", columns.Moment(timezone=True), nullable=True),
        sa.Column("example", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("facts", columns.Json, nullable=False),
        sa.Column("created_at", columns.Moment(timezone=True), nullable=False),
        sa.Column("changed_at", columns.Moment(timezone=True), nullable=False),
        sa.Column("closed_at", columns.Moment(timezone=True), nullable=True),
        sa.Column("matched_revision", columns.Id, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["postings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_postings_created_at"), ["created_at"], unique=False)
        batch_op.create_index("postings_open", ["state", "closes_at"], unique=False)

    op.create_table(
        "residents",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="new", nullable=False),
        sa.Column("created_at", columns.Moment(timezone=True), nullable=False),
        sa.Column("left_at", columns.Moment(timezone=True), nullable=True),
        sa.Column("quiet_from", columns.Id, server_default="1260", nullable=False),
        sa.Column("quiet_until", columns.Id, server_default="480", nullable=False),
        sa.Column("daily_at", columns.Id, nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sources",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.Column("failures", columns.Id, server_default="0", nullable=False),
        sa.Column("polled_at", columns.Moment(timezone=True), nullable=True),
        sa.Column("good_at", columns.Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "updates",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("update", sa.Text(), nullable=False),
        sa.Column("at", columns.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("platform", "account", "update"),
    )
    with op.batch_alter_table("updates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_updates_at"), ["at"], unique=False)

    op.create_table(
        "alerts",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("resident_id", columns.Id, nullable=False),
        sa.Column("posting_id", columns.Id, nullable=False),
        sa.Column("revision", columns.Id, nullable=False),
        sa.Column("wish_id", columns.Id, nullable=True),
        sa.Column("hops", columns.Id, nullable=False),
        sa.Column("due_at", columns.Moment(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("delivery_id", columns.Id, nullable=True),
        sa.Column("maybe_seen", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("resident_id", "posting_id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.create_index(
            "alerts_carried",
            ["delivery_id"],
            unique=False,
            sqlite_where=sa.text("delivery_id IS NOT NULL"),
            postgresql_where=sa.text("delivery_id IS NOT NULL"),
        )
        batch_op.create_index(
            "alerts_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "chats",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("resident_id", columns.Id, nullable=False),
        sa.Column("kind", sa.Text(), server_default="private", nullable=False),
        sa.Column("state", sa.Text(), server_default="active", nullable=False),
        sa.Column("friend", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.Column("strikes", columns.Id, server_default="0", nullable=False),
        sa.Column("struck_on", sa.Date(), nullable=True),
        sa.Column("misses", columns.Id, server_default="0", nullable=False),
        sa.Column("created_at", columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("platform", "account", "address"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("chats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chats_resident_id"), ["resident_id"], unique=False)

    op.create_table(
        "consents",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("resident_id", columns.Id, nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("at", columns.Moment(timezone=True), nullable=False),
        sa.Column("withdrawn_at", columns.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consents_resident_id"), ["resident_id"], unique=False)

    op.create_table(
        "listings",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("posting_id", columns.Id, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("seen_at", columns.Moment(timezone=True), nullable=False),
        sa.Column("gone_at", columns.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source", "key"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("listings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_listings_posting_id"), ["posting_id"], unique=False)

    op.create_table(
        "marks",
        sa.Column("resident_id", columns.Id, nullable=False),
        sa.Column("posting_id", columns.Id, nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("at", columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("resident_id", "posting_id", "verb"),
    )
    op.create_table(
        "posting_areas",
        sa.Column("posting_id", columns.Id, nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("known_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("posting_id", "area"),
    )
    op.create_table(
        "reach",
        sa.Column("posting_id", columns.Id, nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("hops", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("posting_id", "area"),
    )
    with op.batch_alter_table("reach", schema=None) as batch_op:
        batch_op.create_index("reach_by_area", ["area", "hops"], unique=False)

    op.create_table(
        "staff",
        sa.Column("resident_id", columns.Id, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("since", columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("resident_id"),
    )
    op.create_table(
        "wishes",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("resident_id", columns.Id, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", columns.Moment(timezone=True), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.Column("words", columns.Json, nullable=False),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("wishes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wishes_resident_id"), ["resident_id"], unique=False)

    op.create_table(
        "deliveries",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("once", sa.Text(), nullable=False),
        sa.Column("chat_id", columns.Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lane", columns.Id, nullable=False),
        sa.Column("state", sa.Text(), server_default="queued", nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("posting_id", columns.Id, nullable=True),
        sa.Column("revision", columns.Id, server_default="0", nullable=False),
        sa.Column("body", columns.Json, nullable=False),
        sa.Column("created_at", columns.Moment(timezone=True), nullable=False),
        sa.Column("not_before", columns.Moment(timezone=True), nullable=False),
        sa.Column("expires_at", columns.Moment(timezone=True), nullable=True),
        sa.Column("lease", sa.Text(), nullable=True),
        sa.Column("lease_until", columns.Moment(timezone=True), nullable=True),
        sa.Column("attempt_key", sa.Text(), nullable=True),
        sa.Column("attempts", columns.Id, server_default="0", nullable=False),
        sa.Column("message_ref", sa.Text(), nullable=True),
        sa.Column("settled_at", columns.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("once"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index("deliveries_by_state", ["state", "lease_until"], unique=False)
        batch_op.create_index(
            "deliveries_queued",
            ["lane", "not_before"],
            unique=False,
            sqlite_where=sa.text("state = 'queued'"),
            postgresql_where=sa.text("state = 'queued'"),
        )
        batch_op.create_index(batch_op.f("ix_deliveries_chat_id"), ["chat_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deliveries_settled_at"), ["settled_at"], unique=False)

    op.create_table(
        "dialogs",
        sa.Column("chat_id", columns.Id, nullable=False),
        sa.Column("number", columns.Id, nullable=False),
        sa.Column("flow", sa.Text(), nullable=True),
        sa.Column("step", sa.Text(), nullable=True),
        sa.Column("answers", columns.Sealed(), nullable=False),
        sa.Column("offered", columns.Sealed(), nullable=False),
        sa.Column("updated_at", columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id"),
    )
    op.create_table(
        "lines",
        sa.Column("id", columns.Id, autoincrement=True, nullable=False),
        sa.Column("chat_id", columns.Id, nullable=False),
        sa.Column("mine", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("body", columns.Sealed(), nullable=False),
        sa.Column("at", columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lines_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_lines_chat_id"), ["chat_id"], unique=False)

    op.create_table(
        "wish_areas",
        sa.Column("wish_id", columns.Id, nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("resident_id", columns.Id, nullable=False),
        sa.Column("seen", columns.Id, server_default="0", nullable=False),
        sa.Column("width", sa.SmallInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.Column("kinds", sa.BigInteger(), server_default="-1", nullable=False),
        sa.Column("sectors", sa.BigInteger(), server_default="-1", nullable=False),
        sa.Column("occupations", sa.BigInteger(), server_default="-1", nullable=False),
        sa.Column("hours", sa.BigInteger(), server_default="-1", nullable=False),
        sa.Column("pay_floor", columns.Id, server_default="0", nullable=False),
        sa.Column("strict", columns.Id, server_default="0", nullable=False),
        sa.Column("worded", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["wish_id"], ["wishes.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("wish_id", "area"),
    )
    with op.batch_alter_table("wish_areas", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wish_areas_resident_id"), ["resident_id"], unique=False)
        batch_op.create_index(
            "wish_areas_plain",
            [
                "area",
                "width",
                "resident_id",
                "wish_id",
                "seen",
                "kinds",
                "sectors",
                "occupations",
                "hours",
                "pay_floor",
                "strict",
                "active",
                "worded",
            ],
            unique=False,
            sqlite_where=sa.text("active = 1 AND worded = 0"),
            postgresql_where=sa.text("active AND NOT worded"),
        )
        batch_op.create_index(
            "wish_areas_worded",
            [
                "area",
                "width",
                "resident_id",
                "wish_id",
                "seen",
                "kinds",
                "sectors",
                "occupations",
                "hours",
                "pay_floor",
                "strict",
                "active",
                "worded",
            ],
            unique=False,
            sqlite_where=sa.text("active = 1 AND worded = 1"),
            postgresql_where=sa.text("active AND worded"),
        )


def downgrade() -> None:
    with op.batch_alter_table("wish_areas", schema=None) as batch_op:
        batch_op.drop_index(
            "wish_areas_worded",
            sqlite_where=sa.text("active = 1 AND worded = 1"),
            postgresql_where=sa.text("active AND worded"),
        )
        batch_op.drop_index(
            "wish_areas_plain",
            sqlite_where=sa.text("active = 1 AND worded = 0"),
            postgresql_where=sa.text("active AND NOT worded"),
        )
        batch_op.drop_index(batch_op.f("ix_wish_areas_resident_id"))

    op.drop_table("wish_areas")
    with op.batch_alter_table("lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lines_chat_id"))
        batch_op.drop_index(batch_op.f("ix_lines_at"))

    op.drop_table("lines")
    op.drop_table("dialogs")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deliveries_settled_at"))
        batch_op.drop_index(batch_op.f("ix_deliveries_chat_id"))
        batch_op.drop_index(
            "deliveries_queued", sqlite_where=sa.text("state = 'queued'"), postgresql_where=sa.text("state = 'queued'")
        )
        batch_op.drop_index("deliveries_by_state")

    op.drop_table("deliveries")
    with op.batch_alter_table("wishes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wishes_resident_id"))

    op.drop_table("wishes")
    op.drop_table("staff")
    with op.batch_alter_table("reach", schema=None) as batch_op:
        batch_op.drop_index("reach_by_area")

    op.drop_table("reach")
    op.drop_table("posting_areas")
    op.drop_table("marks")
    with op.batch_alter_table("listings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_listings_posting_id"))

    op.drop_table("listings")
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consents_resident_id"))

    op.drop_table("consents")
    with op.batch_alter_table("chats", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chats_resident_id"))

    op.drop_table("chats")
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_index(
            "alerts_due", sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'")
        )
        batch_op.drop_index(
            "alerts_carried",
            sqlite_where=sa.text("delivery_id IS NOT NULL"),
            postgresql_where=sa.text("delivery_id IS NOT NULL"),
        )

    op.drop_table("alerts")
    with op.batch_alter_table("updates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_updates_at"))

    op.drop_table("updates")
    op.drop_table("sources")
    op.drop_table("residents")
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.drop_index("postings_open")
        batch_op.drop_index(batch_op.f("ix_postings_created_at"))

    op.drop_table("postings")
    with op.batch_alter_table("polls", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_polls_at"))

    op.drop_table("polls")
    op.drop_table("memos")
    op.drop_table("invitations")
    op.drop_table("counts")
    with op.batch_alter_table("areas", schema=None) as batch_op:
        batch_op.drop_index("areas_by_parent")

    op.drop_table("areas")
    with op.batch_alter_table("area_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_links_admin"))

    op.drop_table("area_links")
    op.drop_table("area_changes")
    op.drop_table("area_borders")
    op.drop_table("area_aliases")
