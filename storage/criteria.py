"""What a wish asks of a posting, as SQL conditions on the two tables; not stated (0 or NULL) passes unless strict."""

from types import SimpleNamespace
from typing import Any

from sqlalchemy import BigInteger, and_, case, func, literal, or_
from sqlmodel import col

from .tables import Posting, WishArea
from .transaction import Transaction

STRICT = {"pay": 1, "hours": 2, "occupation": 4}  # bits of WishArea.strict: what must be stated to pass
DISTRICT = 3  # the width that means the whole district

_ASKED = ("occupations", "hours", "kinds", "sectors", "pay_floor", "strict")
_NO_PAY = (1 << 31) - 1  # a pay that is not stated counts as above every floor


def is_district(area: Any) -> Any:
    """Is this the code (or column of codes) of a 시군구? A neighbourhood's has digits in the last five places."""
    return area % 100_000 == 0


def open_now(tx: Transaction) -> Any:
    """What one can still apply for."""
    closes = col(Posting.closes_at)
    return and_(
        col(Posting.state) == "open", col(Posting.merged_into).is_(None), or_(closes.is_(None), closes > tx.now)
    )


def agrees(wish: Any = WishArea) -> tuple[Any, ...]:
    """The filters of `wish` (its columns, or the values that `given` makes) hold for the posting."""
    posting: Any = Posting
    asked = (
        (posting.occupation_bit, wish.occupations),
        (posting.hour_bits, wish.hours),
        (posting.kind_bit, wish.kinds),
        (posting.sector_bit, wish.sectors),
    )
    unstated = (
        case((posting.pay_hourly.is_(None), STRICT["pay"]), else_=0)
        + case((posting.hour_bits == 0, STRICT["hours"]), else_=0)
        + case((posting.occupation_bit == 0, STRICT["occupation"]), else_=0)
    )
    return (
        *(stated.bitwise_and(wanted.bitwise_not()) == 0 for stated, wanted in asked),
        func.coalesce(posting.pay_hourly, _NO_PAY) >= wish.pay_floor,
        or_(wish.strict == 0, wish.strict.bitwise_and(unstated) == 0),
    )


def given(wish: WishArea) -> Any:
    """The filters of one wish as values in a statement."""
    return SimpleNamespace(**{name: literal(getattr(wish, name), BigInteger) for name in _ASKED})
