"""The schema, but areas, wishes, staff and what is owed have files of their own: who speaks with us, and what is open."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Date, Index, SmallInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from .area_tables import Area, AreaAlias, AreaBorder, AreaChange, AreaLink
from .columns import KEPT, Json, MaybeJson, Sealed, flag, id_column, moment, number, ref, text
from .staff_tables import Facility, Invitation, Manages, Staff
from .wish_tables import Filters, Neighbourhood, Wish, WishArea

__all__ = [
    "KEPT",
    "Area",
    "AreaAlias",
    "AreaBorder",
    "AreaChange",
    "AreaLink",
    "Facility",
    "Filters",
    "Invitation",
    "Manages",
    "Neighbourhood",
    "Staff",
    "Wish",
    "WishArea",
    "flag",
    "number",
]

# People -------------------------------------------------------------------------------------------------------------


class Resident(SQLModel, table=True):
    __tablename__ = "residents"
    __table_args__ = KEPT
    id: int = Field(default=None, sa_column=id_column())
    language: str = Field(sa_column=text())
    state: str = Field(default="new", sa_column=text(default="new"))  # new | active | left | guest
    created_at: datetime = Field(sa_column=moment())
    left_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    quiet_from: int = Field(default=1260, sa_column=number(default=1260))  # minutes of the day, Korean time
    quiet_until: int = Field(default=480, sa_column=number(default=480))
    # One digest at this minute: every day, or on one weekday (Monday is 0).
    daily_at: int | None = Field(default=None, sa_column=number(nullable=True))
    weekly_on: int | None = Field(default=None, sa_column=number(nullable=True))
    paused_until: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    # Shift work: one letter a day (D day, N night, O off), again and again from its first day.
    shifts: str = Field(default="", sa_column=text(default=""))
    shifts_from: date | None = Field(default=None, sa_column=Column(Date))
    asked_at: datetime | None = Field(
        default=None, sa_column=moment(nullable=True)
    )  # whether to write less, last asked


class Chat(SQLModel, table=True):
    __tablename__ = "chats"
    __table_args__ = (UniqueConstraint("platform", "account", "address"), KEPT)
    id: int = Field(default=None, sa_column=id_column())
    platform: str = Field(sa_column=text())
    account: str = Field(sa_column=text())
    address: str = Field(sa_column=text())  # the platform's id of the chat; for the web chat the hash of its token
    resident_id: int = Field(sa_column=ref("residents.id", index=True))
    kind: str = Field(default="private", sa_column=text(default="private"))
    state: str = Field(default="active", sa_column=text(default="active"))  # active | blocked | gone
    friend: bool = Field(default=True, sa_column=flag(True))
    strikes: int = Field(default=0, sa_column=number(default=0))
    struck_on: date | None = Field(default=None, sa_column=Column(Date))
    misses: int = Field(default=0, sa_column=number(default=0))  # misunderstandings in a row
    created_at: datetime = Field(sa_column=moment())
    chosen_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))  # alerts come here since then


class Consent(SQLModel, table=True):
    __tablename__ = "consents"
    __table_args__ = KEPT
    id: int = Field(default=None, sa_column=id_column())
    resident_id: int = Field(sa_column=ref("residents.id", index=True))
    item: str = Field(sa_column=text())
    version: str = Field(sa_column=text())
    language: str = Field(sa_column=text())
    basis: str = Field(sa_column=text())  # consent | contract | public duty
    at: datetime = Field(sa_column=moment())
    withdrawn_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class Dialog(SQLModel, table=True):
    """The open question of one chat. `number` rises with every question, so that an old menu's tap is known as old."""

    __tablename__ = "dialogs"
    chat_id: int = Field(sa_column=ref("chats.id", primary_key=True))
    number: int = Field(sa_column=number())
    flow: str | None = Field(default=None, sa_column=text(nullable=True))
    step: str | None = Field(default=None, sa_column=text(nullable=True))
    answers: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Sealed, nullable=False))
    offered: list[list[str]] = Field(default_factory=list, sa_column=Column(Sealed, nullable=False))  # [value, label]
    updated_at: datetime = Field(sa_column=moment())


class Update(SQLModel, table=True):
    """A platform's update that was worked on, so that its second delivery is known."""

    __tablename__ = "updates"
    platform: str = Field(sa_column=Column(text().type, primary_key=True))
    account: str = Field(sa_column=Column(text().type, primary_key=True))
    update: str = Field(sa_column=Column(text().type, primary_key=True))
    at: datetime = Field(sa_column=moment(index=True))


class Line(SQLModel, table=True):
    """One line of web chat history: what was said, by whom."""

    __tablename__ = "lines"
    __table_args__ = KEPT
    id: int = Field(default=None, sa_column=id_column())
    chat_id: int = Field(sa_column=ref("chats.id", index=True))
    mine: bool = Field(sa_column=flag())  # said by the resident
    body: Any = Field(sa_column=Column(Sealed, nullable=False))
    at: datetime = Field(sa_column=moment(index=True))


class Sign(SQLModel, table=True):
    """A sign with start links that was made here: only names from this table are told to those who come by one."""

    __tablename__ = "signs"
    code: str = Field(sa_column=Column(text().type, primary_key=True))
    name: str = Field(sa_column=text())  # where it hangs
    area: int = Field(sa_column=Column(BigInteger, nullable=False))
    made_at: datetime = Field(sa_column=moment())


# What one does with a posting -----------------------------------------------------------------------------------------


class Mark(SQLModel, table=True):
    """What a resident did with a posting: saved, hidden, opened, applied."""

    __tablename__ = "marks"
    resident_id: int = Field(sa_column=ref("residents.id", primary_key=True))
    posting_id: int = Field(sa_column=ref("postings.id", primary_key=True))
    verb: str = Field(sa_column=Column(text().type, primary_key=True))
    at: datetime = Field(sa_column=moment())


# Postings -----------------------------------------------------------------------------------------------------------


class Posting(SQLModel, table=True):
    __tablename__ = "postings"
    __table_args__ = (
        Index("postings_open", "state", "closes_at"),
        Index("postings_merged", "merged_into"),
        *(Index(f"postings_{name}", name) for name in ("number", "named", "dated", "facility_id")),
        KEPT,
    )
    id: int = Field(default=None, sa_column=id_column())
    kind: str = Field(default="job", sa_column=text(default="job"))
    sector: str = Field(default="public", sa_column=text(default="public"))
    state: str = Field(default="open", sa_column=text(default="open"))  # open | closed | down (for good, by staff)
    merged_into: int | None = Field(default=None, sa_column=ref("postings.id", nullable=True))
    revision: int = Field(default=1, sa_column=number(default=1))
    title: str = Field(sa_column=text())
    organisation: str = Field(default="", sa_column=text(default=""))
    occupation: str | None = Field(default=None, sa_column=text(nullable=True))  # a glossary key
    # What wishes are held against; 0 or NULL is "not stated".
    trait_bits: int = Field(default=65, sa_column=number(default=65, big=True))  # a job, public
    occupation_bit: int = Field(default=0, sa_column=number(default=0, big=True))
    hour_bits: int = Field(default=0, sa_column=number(default=0, big=True))
    pay_hourly: int | None = Field(default=None, sa_column=number(nullable=True))
    scope: str = Field(default="emd", sa_column=text(default="emd"))  # emd | sigungu | sido | unknown: finest known
    pay_kind: str | None = Field(default=None, sa_column=text(nullable=True))
    pay_low: int | None = Field(default=None, sa_column=number(nullable=True))
    pay_high: int | None = Field(default=None, sa_column=number(nullable=True))
    days: int = Field(default=0, sa_column=number(default=0))
    spans: list[list[int]] = Field(default_factory=list, sa_column=Column(Json, nullable=False))
    week_minutes: int | None = Field(default=None, sa_column=number(nullable=True))
    starts_on: date | None = Field(default=None, sa_column=Column(Date))
    ends_on: date | None = Field(default=None, sa_column=Column(Date))
    headcount: int | None = Field(default=None, sa_column=number(nullable=True))
    foreigners: str = Field(default="unknown", sa_column=text(default="unknown"))  # yes | listed | no | unknown
    statuses: str = Field(default="", sa_column=text(default=""))
    until_filled: bool = Field(default=False, sa_column=flag())
    closes_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    example: bool = Field(default=False, sa_column=flag())
    # The source's own words: place, pay, hours, period, headcount, target, foreigners, closing, duties, apply, phone, link
    facts: dict[str, str] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    created_at: datetime = Field(sa_column=moment(index=True))
    changed_at: datetime = Field(sa_column=moment())
    closed_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    matched_revision: int = Field(default=0, sa_column=number(default=0))  # 0: still to be matched
    facility_id: int | None = Field(default=None, sa_column=number(nullable=True))
    held_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))  # not shown until staff have looked
    # What others' tellings of the same job are found by (handlers.same): a number that sites share; digests of names and days.
    number: str | None = Field(default=None, sa_column=text(nullable=True))
    named: str | None = Field(default=None, sa_column=text(nullable=True))
    dated: str | None = Field(default=None, sa_column=text(nullable=True))
    merged_because: str | None = Field(default=None, sa_column=text(nullable=True))
    # While others' words stand in its row: what its own listings say of it, and by field whose words stand there.
    own: dict[str, Any] | None = Field(default=None, sa_column=Column(MaybeJson))
    told_by: dict[str, str] | None = Field(default=None, sa_column=Column(MaybeJson))


class Listing(SQLModel, table=True):
    """One source's copy of a posting. `home` is the posting that it stands for by itself, where that one was merged."""

    __tablename__ = "listings"
    __table_args__ = (UniqueConstraint("source", "key"), KEPT)
    id: int = Field(default=None, sa_column=id_column())
    source: str = Field(sa_column=text())
    key: str = Field(sa_column=text())
    posting_id: int = Field(sa_column=ref("postings.id", index=True))
    home: int | None = Field(default=None, sa_column=number(nullable=True))
    hash: str = Field(sa_column=text())
    seen_at: datetime = Field(sa_column=moment())  # when this row was last written; Source says when it was last told
    gone_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class Apart(SQLModel, table=True):
    """Two postings that somebody split: they are never merged again. The older one stands first."""

    __tablename__ = "apart"
    older: int = Field(sa_column=ref("postings.id", primary_key=True))
    newer: int = Field(sa_column=ref("postings.id", primary_key=True))
    at: datetime = Field(sa_column=moment())


class PostingArea(SQLModel, table=True):
    __tablename__ = "posting_areas"
    posting_id: int = Field(sa_column=ref("postings.id", primary_key=True))
    area: int = Field(sa_column=Column(BigInteger, primary_key=True))  # as the source names it, legal or administrative
    level: str = Field(sa_column=text())
    known_by: str = Field(sa_column=text())  # address | code | province | employer


class Reach(SQLModel, table=True):
    """Areas from which a posting can be seen, and at what width: hops 0 own, 1 bordering, 2 one further, 3 district."""

    __tablename__ = "reach"
    __table_args__ = (Index("reach_by_area", "area", "hops"),)
    posting_id: int = Field(sa_column=ref("postings.id", primary_key=True))
    area: int = Field(sa_column=Column(BigInteger, primary_key=True))
    hops: int = Field(sa_column=Column(SmallInteger, nullable=False))
