"""The schema of those who act for the municipality and its facilities: who may do what, what they wrote, and what they did."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from .columns import KEPT, Json, Sealed, flag, id_column, moment, number, ref, text


class Facility(SQLModel, table=True):
    """A library, a welfare centre, a department: where residents work and whom they follow."""

    __tablename__ = "facilities"
    __table_args__ = KEPT
    id: int = Field(default=None, sa_column=id_column())
    name: str = Field(sa_column=text())  # in Korean, as on its door
    kind: str = Field(
        default="other", sa_column=text(default="other")
    )  # handlers.staff.facilities says which there are
    address: str = Field(default="", sa_column=text(default=""))
    area: int | None = Field(default=None, sa_column=Column(BigInteger))
    phone: str = Field(default="", sa_column=text(default=""))
    apply: str = Field(default="", sa_column=text(default=""))  # how residents apply, in Korean
    checked: bool = Field(default=False, sa_column=flag())  # an officer looks before its postings are shown
    state: str = Field(default="open", sa_column=text(default="open"))  # open | closed
    created_at: datetime = Field(sa_column=moment())


class Staff(SQLModel, table=True):
    """owner | officer | approver | manager | viewer. Who was dismissed stays, so that they are told so."""

    __tablename__ = "staff"
    resident_id: int = Field(sa_column=ref("residents.id", primary_key=True))
    role: str = Field(sa_column=text())
    name: Any = Field(default=None, sa_column=Column(Sealed, nullable=True))
    since: datetime = Field(sa_column=moment())
    ended_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    acted_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    hidden: bool = Field(default=False, sa_column=flag())  # names are, until this person says that they are there


class Manages(SQLModel, table=True):
    """Which facilities a manager (or a viewer of a facility) acts for."""

    __tablename__ = "manages"
    resident_id: int = Field(sa_column=ref("residents.id", primary_key=True))
    facility_id: int = Field(sa_column=ref("facilities.id", primary_key=True, index=True))
    since: datetime = Field(sa_column=moment())


class Invitation(SQLModel, table=True):
    """A one-time way in: for somebody new, or (`whose`) for a person of the staff who lost theirs."""

    __tablename__ = "invitations"
    __table_args__ = KEPT
    id: int = Field(default=None, sa_column=id_column())
    token_hash: str = Field(sa_column=Column(text().type, nullable=False, unique=True))
    role: str = Field(sa_column=text())
    facility_id: int | None = Field(default=None, sa_column=number(nullable=True))
    whose: int | None = Field(default=None, sa_column=number(nullable=True))
    made_by: int | None = Field(default=None, sa_column=number(nullable=True))
    expires_at: datetime = Field(sa_column=moment())
    used_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    used_by: int | None = Field(default=None, sa_column=number(nullable=True))


class Audit(SQLModel, table=True):
    """One act of the staff, with ids only. Each line's hash covers the one before it."""

    __tablename__ = "audit"
    __table_args__ = KEPT
    id: int = Field(default=None, sa_column=id_column())
    at: datetime = Field(sa_column=moment())
    by: int = Field(sa_column=number())  # a resident's id; no reference, since the line outlives the person
    act: str = Field(sa_column=text())
    facility_id: int | None = Field(default=None, sa_column=number(nullable=True))
    subject: str = Field(
        default="", sa_column=text(default="")
    )  # posting | draft | staff | facility | concern | person
    subject_id: int | None = Field(default=None, sa_column=number(nullable=True))
    hash: str = Field(sa_column=text())


class AuditHead(SQLModel, table=True):
    """The last line of the log. Whoever writes locks it first, so that two can't write after the same line."""

    __tablename__ = "audit_head"
    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    lines: int = Field(sa_column=number())
    hash: str = Field(sa_column=text())


class Writing(SQLModel, table=True):
    """A posting as a facility writes it: cells as in a sheet. open | waiting (for an officer) | published | dropped.

    `seen` is the posting's revision that a correction began from: who comes second is told.
    """

    __tablename__ = "writings"
    __table_args__ = KEPT
    id: int = Field(default=None, sa_column=id_column())
    facility_id: int = Field(sa_column=ref("facilities.id", index=True))
    written_by: int = Field(sa_column=number())
    cells: dict[str, str] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    state: str = Field(default="open", sa_column=text(default="open"))
    posting_id: int | None = Field(default=None, sa_column=ref("postings.id", nullable=True, index=True))
    seen: int | None = Field(default=None, sa_column=number(nullable=True))
    revision: int = Field(default=1, sa_column=number(default=1))
    decided_by: int | None = Field(default=None, sa_column=number(nullable=True))
    answer: str = Field(default="", sa_column=text(default=""))  # what an officer wrote who sent it back
    created_at: datetime = Field(sa_column=moment())
    changed_at: datetime = Field(sa_column=moment())


class Follow(SQLModel, table=True):
    """A resident to whom a facility's openings come, whatever their wishes say."""

    __tablename__ = "follows"
    resident_id: int = Field(sa_column=ref("residents.id", primary_key=True))
    facility_id: int = Field(sa_column=ref("facilities.id", primary_key=True, index=True))
    since: datetime = Field(sa_column=moment())


class Concern(SQLModel, table=True):
    """What a resident says is wrong with a posting: money | wrong | closed | unfair."""

    __tablename__ = "concerns"
    __table_args__ = (UniqueConstraint("resident_id", "posting_id"), KEPT)
    id: int = Field(default=None, sa_column=id_column())
    resident_id: int = Field(sa_column=ref("residents.id"))
    posting_id: int = Field(sa_column=ref("postings.id", index=True))
    kind: str = Field(sa_column=text())
    at: datetime = Field(sa_column=moment())
    handled_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class WalkIn(SQLModel, table=True):
    """A person without a chat, whom staff entered at the counter. `paper`: they signed the agreement on paper."""

    __tablename__ = "walk_ins"
    resident_id: int = Field(sa_column=ref("residents.id", primary_key=True))
    name: Any = Field(sa_column=Column(Sealed, nullable=False))
    phone: Any = Field(default=None, sa_column=Column(Sealed, nullable=True))
    facility_id: int | None = Field(default=None, sa_column=ref("facilities.id", nullable=True, index=True))
    entered_by: int = Field(sa_column=number())
    paper: bool = Field(sa_column=flag())
    since: datetime = Field(sa_column=moment())
