"""The schema of what people do about a posting: an application, its dated facts, and what a person keeps for the next."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from .columns import KEPT, Sealed, id_column, moment, number, ref, text


class Application(SQLModel, table=True):
    """Its id is the number on the receipt. `stage` is the word of its last milestone; `form` is what the person sent."""

    __tablename__ = "applications"
    __table_args__ = (UniqueConstraint("posting_id", "resident_id"), KEPT)
    id: int = Field(default=None, sa_column=id_column())
    posting_id: int = Field(sa_column=ref("postings.id"))
    resident_id: int = Field(sa_column=ref("residents.id", index=True))
    track: str = Field(sa_column=text())
    stage: str = Field(sa_column=text())
    form: Any = Field(sa_column=Column(Sealed, nullable=False))
    slot_id: int | None = Field(default=None, sa_column=number(nullable=True))  # the time that was chosen
    made_at: datetime = Field(sa_column=moment())
    changed_at: datetime = Field(sa_column=moment())


class Slot(SQLModel, table=True):
    """A time that can be booked, as for an interview; of its `seats`, `taken` are."""

    __tablename__ = "slots"
    __table_args__ = KEPT
    id: int = Field(default=None, sa_column=id_column())
    posting_id: int = Field(sa_column=ref("postings.id", index=True))
    starts: datetime = Field(sa_column=moment(index=True))
    seats: int = Field(default=1, sa_column=number(default=1))
    taken: int = Field(default=0, sa_column=number(default=0))
    place: str = Field(sa_column=text())


class Milestone(SQLModel, table=True):
    """A dated fact of an application; none is ever changed. `said_by`: resident | facility | staff | source | clock."""

    __tablename__ = "milestones"
    __table_args__ = KEPT
    id: int = Field(default=None, sa_column=id_column())
    application_id: int = Field(sa_column=ref("applications.id", index=True))
    word: str = Field(sa_column=text())
    said_by: str = Field(sa_column=text())
    by: int | None = Field(default=None, sa_column=number(nullable=True))  # a resident's id, where a person said it
    at: datetime = Field(sa_column=moment())


class Profile(SQLModel, table=True):
    """What a person agreed to keep, so that it need not be asked again: name, birth year."""

    __tablename__ = "profiles"
    resident_id: int = Field(sa_column=ref("residents.id", primary_key=True))
    form: Any = Field(sa_column=Column(Sealed, nullable=False))
    since: datetime = Field(sa_column=moment())
