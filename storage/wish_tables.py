"""Where residents look and what for: neighbourhoods, wishes, and the rows that matching reads, made of both."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index, SmallInteger
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from .columns import KEPT, Id, Json, Sealed, flag, id_column, moment, number, ref, text


class Neighbourhood(SQLModel, table=True):
    """An area that a resident chose, as they named it, and how far around it they look. All their wishes hold in each."""

    __tablename__ = "neighbourhoods"
    resident_id: int = Field(sa_column=ref("residents.id", primary_key=True))
    area: int = Field(sa_column=Column(BigInteger, primary_key=True))
    width: int = Field(default=1, sa_column=Column(SmallInteger, nullable=False))  # 0 own .. 3 whole district
    chosen_at: datetime = Field(sa_column=moment())


def _filter(default: int, *, big: bool = True) -> Any:
    kind, kept = BigInteger if big else Id, {"server_default": str(default)}
    return Field(default=default, sa_type=kind, nullable=False, sa_column_kwargs=kept)


class Filters(SQLModel):
    """What a wish asks. Masks: a set bit is accepted, -1 accepts all. The bits are those of `storage.criteria`."""

    occupations: int = _filter(-1)
    hours: int = _filter(-1)
    traits: int = _filter(-1)
    pay_floor: int = _filter(0, big=False)  # won an hour
    starts: date | None = Field(default=None)  # not before this day
    strict: int = _filter(0, big=False)  # what must be stated to pass


class Wish(Filters, table=True):
    __tablename__ = "wishes"
    __table_args__ = KEPT
    id: int = Field(default=None, sa_column=id_column())
    resident_id: int = Field(sa_column=ref("residents.id", index=True))
    name: str | None = Field(default=None, sa_column=Column(Sealed))  # as the resident calls it
    created_at: datetime = Field(sa_column=moment())
    active: bool = Field(default=True, sa_column=flag(True))
    words: dict[str, list[str]] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    sign: str | None = Field(default=None, sa_column=text(nullable=True))  # the code of the sign that one came by


def _to_match(name: str, *, worded: bool) -> Index:
    """An index that holds all that matching reads, so that it never visits the rows (random reads cost 3 x)."""
    read = ("resident_id", "wish_id", "seen", *Filters.model_fields, "active", "worded")
    lite = sql(f"active = 1 AND worded = {int(worded)}")
    post = sql(f"active AND {'worded' if worded else 'NOT worded'}")
    return Index(name, "area", "width", *read, sqlite_where=lite, postgresql_where=post)


class WishArea(Filters, table=True):
    """One legal area of a wish, with copies of its filters: matching joins this one table (measured 3-12 x faster)."""

    __tablename__ = "wish_areas"
    __table_args__ = (_to_match("wish_areas_plain", worded=False), _to_match("wish_areas_worded", worded=True))
    wish_id: int = Field(sa_column=ref("wishes.id", primary_key=True))
    area: int = Field(sa_column=Column(BigInteger, primary_key=True))
    resident_id: int = Field(sa_column=ref("residents.id", index=True))
    # The newest posting when the area was chosen: only later ones alert.
    seen: int = Field(default=0, sa_column=number(default=0))
    width: int = Field(default=1, sa_column=Column(SmallInteger, nullable=False))  # 0 own .. 3 whole district
    active: bool = Field(default=True, sa_column=flag(True))  # the wish runs and its resident gets alerts
    worded: bool = Field(default=False, sa_column=flag())  # the wish has words to look for or to leave out
