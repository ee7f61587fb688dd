"""neighbourhoods apart from wishes, several wishes, what they ask, and a resident's pace."""

import sqlalchemy as sa
from alembic import op

from storage import columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FILTERS = ("occupations", "hours", "pay_floor", "strict")
COVERED = ["seen", "occupations", "hours", "traits", "pay_floor", "starts", "strict", "active", "worded"]


def upgrade() -> None:
    # Never by a copy of the table: SQLite's would lose that ids are never given twice.
    op.create_table(
        "neighbourhoods",
        sa.Column("resident_id", columns.Id, nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.SmallInteger(), nullable=False),
        sa.Column("chosen_at", columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("resident_id", "area"),
    )
    op.execute(
        "INSERT INTO neighbourhoods (resident_id, area, width, chosen_at) "
        "SELECT wishes.resident_id, CAST(name AS BIGINT), COALESCE(MAX(width), 1), MIN(created_at) FROM wishes "
        "LEFT JOIN wish_areas ON wish_areas.wish_id = wishes.id WHERE name <> '' GROUP BY wishes.resident_id, name"
    )
    with op.batch_alter_table("residents", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("weekly_on", columns.Id, nullable=True))
        batch_op.add_column(sa.Column("paused_until", columns.Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("shifts", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("shifts_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("asked_at", columns.Moment(timezone=True), nullable=True))
    with op.batch_alter_table("wishes", recreate="never") as batch_op:
        batch_op.drop_column("name")
    with op.batch_alter_table("wishes", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("name", sa.LargeBinary(), nullable=True))
        _add_filters(batch_op, *FILTERS, "traits", "starts")
    for name in FILTERS:
        op.execute(
            f"UPDATE wishes SET {name} = COALESCE((SELECT MAX({name}) FROM wish_areas WHERE wish_id = wishes.id), {name})"
        )
    for name in ("wish_areas_plain", "wish_areas_worded"):
        op.drop_index(name, table_name="wish_areas")
    with op.batch_alter_table("wish_areas", recreate="never") as batch_op:
        batch_op.drop_column("kinds")
        batch_op.drop_column("sectors")
        _add_filters(batch_op, "traits", "starts")
    _index("wish_areas_plain", worded=False)
    _index("wish_areas_worded", worded=True)
    with op.batch_alter_table("postings", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("trait_bits", sa.BigInteger(), server_default="65", nullable=False))
    op.execute("UPDATE postings SET trait_bits = kind_bit + sector_bit * 64")
    with op.batch_alter_table("postings", recreate="never") as batch_op:
        batch_op.drop_column("kind_bit")
        batch_op.drop_column("sector_bit")


def _add_filters(batch_op: "op.BatchOperations", *names: str) -> None:  # type: ignore[name-defined]
    defaults = {"occupations": "-1", "hours": "-1", "traits": "-1", "pay_floor": "0", "strict": "0"}
    small = ("pay_floor", "strict")
    for name in names:
        if name == "starts":
            batch_op.add_column(sa.Column("starts", sa.Date(), nullable=True))
            continue
        kind = columns.Id if name in small else sa.BigInteger()
        batch_op.add_column(sa.Column(name, kind, server_default=defaults[name], nullable=False))


def _index(name: str, *, worded: bool) -> None:
    lite = f"active = 1 AND worded = {int(worded)}"
    post = f"active AND {'worded' if worded else 'NOT worded'}"
    op.create_index(
        name,
        "wish_areas",
        ["area", "width", "resident_id", "wish_id", *COVERED],
        sqlite_where=sa.text(lite),
        postgresql_where=sa.text(post),
    )


def downgrade() -> None:
    raise RuntimeError("Several wishes do not fit into one: restore the backup from before.")
