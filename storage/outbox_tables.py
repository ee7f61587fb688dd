"""Tables of what is owed: alerts (a posting owed to a resident), deliveries (a message owed to a chat), polls and counts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from .columns import Json, id_column, moment, ref, text
from .tables import KEPT, flag, number


class Alert(SQLModel, table=True):
    """A posting owed to a resident, once. waiting | carried | told | dropped."""

    __tablename__ = "alerts"
    __table_args__ = (
        UniqueConstraint("resident_id", "posting_id"),
        Index("alerts_due", "due_at", sqlite_where=sql("state = 'waiting'"), postgresql_where=sql("state = 'waiting'")),
        Index(
            "alerts_carried",
            "delivery_id",
            sqlite_where=sql("delivery_id IS NOT NULL"),
            postgresql_where=sql("delivery_id IS NOT NULL"),
        ),
        KEPT,
    )
    id: int = Field(default=None, sa_column=id_column())
    resident_id: int = Field(sa_column=ref("residents.id"))
    posting_id: int = Field(sa_column=ref("postings.id"))
    revision: int = Field(sa_column=number())
    wish_id: int | None = Field(default=None, sa_column=number(nullable=True))
    hops: int = Field(sa_column=number())
    due_at: datetime = Field(sa_column=moment())
    state: str = Field(default="waiting", sa_column=text(default="waiting"))
    reason: str | None = Field(default=None, sa_column=text(nullable=True))
    delivery_id: int | None = Field(default=None, sa_column=number(nullable=True))
    maybe_seen: bool = Field(default=False, sa_column=flag())


class Delivery(SQLModel, table=True):
    """The outbox: one message owed to one chat.

    queued | leased | sending | sent | accepted | uncertain | failed | cancelled | suppressed | expired
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        Index(
            "deliveries_queued",
            "lane",
            "not_before",
            "id",  # as claims are sorted: what is due at the same moment is else read and sorted whole
            sqlite_where=sql("state = 'queued'"),
            postgresql_where=sql("state = 'queued'"),
        ),
        Index("deliveries_by_state", "state", "lease_until"),
        KEPT,
    )
    id: int = Field(default=None, sa_column=id_column())
    once: str = Field(sa_column=Column(text().type, nullable=False, unique=True))  # what makes it the same message
    chat_id: int = Field(sa_column=ref("chats.id", index=True))
    kind: str = Field(sa_column=text())  # alert | digest | change | reminder | broadcast | receipt | edit | notice
    lane: int = Field(sa_column=number())  # 0 interactive, 1 urgent, 2 routine
    state: str = Field(default="queued", sa_column=text(default="queued"))
    reason: str | None = Field(default=None, sa_column=text(nullable=True))
    posting_id: int | None = Field(default=None, sa_column=ref("postings.id", nullable=True))
    revision: int = Field(default=0, sa_column=number(default=0))
    body: dict[str, Any] = Field(
        default_factory=dict, sa_column=Column(Json, nullable=False)
    )  # ids; of a change, what stood before
    created_at: datetime = Field(sa_column=moment())
    not_before: datetime = Field(sa_column=moment())
    expires_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    lease: str | None = Field(default=None, sa_column=text(nullable=True))
    lease_until: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    attempt_key: str | None = Field(default=None, sa_column=text(nullable=True))
    attempts: int = Field(default=0, sa_column=number(default=0))
    message_ref: str | None = Field(default=None, sa_column=text(nullable=True))  # the platform's id of the message
    settled_at: datetime | None = Field(default=None, sa_column=moment(nullable=True, index=True))
    opened_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))  # its posting was looked at
    applied_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))  # by the resident's own word


class Source(SQLModel, table=True):
    """Where a source's polling stands."""

    __tablename__ = "sources"
    name: str = Field(sa_column=Column(text().type, primary_key=True))
    cursor: str | None = Field(default=None, sa_column=text(nullable=True))
    failures: int = Field(default=0, sa_column=number(default=0))  # in a row
    polled_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    good_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class Poll(SQLModel, table=True):
    __tablename__ = "polls"
    __table_args__ = KEPT
    id: int = Field(default=None, sa_column=id_column())
    source: str = Field(sa_column=text())
    at: datetime = Field(sa_column=moment(index=True))
    outcome: str = Field(sa_column=text())  # good | partial | failed
    counts: dict[str, int] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    faults: list[str] = Field(default_factory=list, sa_column=Column(Json, nullable=False))


class Count(SQLModel, table=True):
    """Anonymous daily counts: deliveries by outcome and the like. They outlive the rows they count."""

    __tablename__ = "counts"
    day: date = Field(sa_column=Column(Date, primary_key=True))
    name: str = Field(sa_column=Column(text().type, primary_key=True))
    n: int = Field(default=0, sa_column=number(default=0))


class Memo(SQLModel, table=True):
    """A named value the program keeps: resume marks, versions of loaded data, the anchor of example dates."""

    __tablename__ = "memos"
    name: str = Field(sa_column=Column(text().type, primary_key=True))
    value: str = Field(sa_column=text())
