"""What comes in from a platform: one event of one chat, said without the platform's words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """Where a resident is reached: the platform, our account on it, and the platform's id of the chat as text."""

    platform: str
    account: str
    id: str


@dataclass(frozen=True, slots=True)
class Said:
    text: str


@dataclass(frozen=True, slots=True)
class Tapped:
    """A pressed button's payload, and the platform's id of the message that carried it (None where it has none)."""

    payload: str
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Pinned:
    """A location, in degrees. It lives in memory only, until the area is known."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Contact:
    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """A file, where the open question takes one. `data` is None where it is larger than we read, or couldn't be fetched."""

    name: str
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Offered:
    """A file that still lies at the platform, under `ref`: fetched only where the open question takes one. `size` in bytes."""

    name: str
    ref: str
    size: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A photo, sticker, voice message or file where words are understood."""

    what: str


@dataclass(frozen=True, slots=True)
class CameBack:
    """The person unblocked or added us."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person blocked or removed us."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The platform gave the chat another id."""

    id: str


What = Said | Tapped | Pinned | Contact | Sent | Unreadable | CameBack | Blocked | Moved


@dataclass(frozen=True, slots=True)
class Event:
    """`update` names it for de-duplication (per platform and account); `language` is the client's hint, often wrong.

    What happens in a group carries the address under which anybody may write to us alone: `private`, or nothing.
    """

    address: Address
    what: What | Offered
    update: str
    language: str | None = None
    group: bool = False
    private: str = ""
