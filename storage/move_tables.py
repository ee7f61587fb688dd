"""Tables of what goes from chat to chat: one-time codes, moves that can be undone, and copies of alerts for a helper."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from .columns import Json, id_column, moment, ref, text
from .tables import KEPT, flag, number


class Code(SQLModel, table=True):
    """A one-time code that was made in a chat: `move` carries the subscription, `parent` a copy of the wishes, and `counter`
    that of somebody whom staff entered there.
    """

    __tablename__ = "codes"
    __table_args__ = KEPT
    id: int = Field(default=None, sa_column=id_column())
    digest: str = Field(sa_column=Column(text().type, nullable=False, unique=True))  # HMAC: the code itself is not kept
    kind: str = Field(sa_column=text())  # move | parent | counter
    resident_id: int = Field(sa_column=ref("residents.id", index=True))
    chat_id: int = Field(sa_column=ref("chats.id", index=True))
    made_at: datetime = Field(sa_column=moment())
    expires_at: datetime = Field(sa_column=moment())
    used_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class WrongCode(SQLModel, table=True):
    """A code that does not exist was tried. No reference to the chat: erasing oneself must not reset the count."""

    __tablename__ = "wrong_codes"
    __table_args__ = KEPT
    id: int = Field(default=None, sa_column=id_column())
    chat: int = Field(sa_column=Column(BigInteger, nullable=False))
    at: datetime = Field(sa_column=moment(index=True))


class Move(SQLModel, table=True):
    """A subscription went from one chat to another; kept as long as it can be undone."""

    __tablename__ = "moves"
    __table_args__ = KEPT
    id: int = Field(default=None, sa_column=id_column())
    resident_id: int = Field(sa_column=ref("residents.id", index=True))
    from_chat: int = Field(sa_column=ref("chats.id", index=True))
    to_chat: int = Field(sa_column=ref("chats.id", index=True))
    other_id: int = Field(sa_column=Column(BigInteger, nullable=False))  # who was at the new chat, perhaps gone since
    came: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))  # what undoing puts back
    both: bool = Field(default=False, sa_column=flag())  # the old chat stayed the resident's
    at: datetime = Field(sa_column=moment(index=True))
    undone_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class Copy(SQLModel, table=True):
    """Each alert of this resident goes to this chat too: a helper's, by consent, or the resident's own old one."""

    __tablename__ = "copies"
    __table_args__ = (UniqueConstraint("resident_id", "chat_id"), KEPT)
    id: int = Field(default=None, sa_column=id_column())
    resident_id: int = Field(sa_column=ref("residents.id"))
    chat_id: int = Field(sa_column=ref("chats.id", index=True))
    consent_id: int | None = Field(
        default=None, sa_column=number(nullable=True)
    )  # of the resident; None: their own chat
    since: datetime = Field(sa_column=moment())
