"""What a wish asks of a posting, as SQL conditions on the two tables; not stated (0 or NULL) passes unless strict.

Here is also what the bits of `traits` mean. Their order is stored in masks: only ever add at the end.
"""

from types import SimpleNamespace
from typing import Any

from sqlalchemy import BigInteger, Date, and_, case, func, literal, or_
from sqlmodel import col

from .staff_tables import Follow
from .tables import Filters, Posting, WishArea
from .transaction import Transaction

# What a notice may say of itself: of each group one value, or none where it says nothing.
_GROUPS: dict[str, tuple[str, ...]] = {
    "kind": ("job", "course", "programme", "consultation", "space", "pool"),
    "sector": ("public", "private"),
    "length": ("day", "month", "long"),  # one day, up to a month, longer
    "week": ("to_15", "to_30", "to_40", "more"),  # hours a week: below 15, below 30, up to 40, more
    "korean": ("none", "some", "good"),  # how much Korean is asked for
    "foreigners": ("yes", "listed", "no"),
    "people": ("youth", "students", "young", "seniors", "adults"),  # whom it is for; youth: 15 to 17 may come
}


def _numbered() -> dict[str, dict[str, int]]:
    bits = iter(range(62))
    return {group: {value: 1 << next(bits) for value in values} for group, values in _GROUPS.items()}


TRAITS = _numbered()
GROUPS = {group: sum(bits.values()) for group, bits in TRAITS.items()}  # the mask of each
# Bits of Filters.strict: what must be stated to pass.
STRICT = {
    name: 1 << i
    for i, name in enumerate(
        ("pay", "hours", "occupation", "length", "week", "korean", "foreigners", "people", "start")
    )
}
DISTRICT = 3  # the width that means the whole district
FOLLOWED = DISTRICT + 1  # the hops of what only a followed facility brought: past every width

_TRAITS_ASKED = ("length", "week", "korean", "foreigners", "people")
_NO_PAY = (1 << 31) - 1  # a pay that is not stated counts as above every floor


def is_district(area: Any) -> Any:
    """Is this the code (or column of codes) of a 시군구? A neighbourhood's has digits in the last five places."""
    return area % 100_000 == 0


def open_now(tx: Transaction) -> Any:
    """What one can still apply for, and nobody has to look into first."""
    closes, shown = col(Posting.closes_at), and_(col(Posting.merged_into).is_(None), col(Posting.held_at).is_(None))
    return and_(col(Posting.state) == "open", shown, or_(closes.is_(None), closes > tx.now))


def follows(resident: Any) -> Any:
    """This resident follows the facility of the posting, and did before it came."""
    its = col(Follow.facility_id) == col(Posting.facility_id)
    return and_(its, col(Follow.resident_id) == resident, col(Follow.since) < col(Posting.created_at))


def agrees(wish: Any = WishArea) -> tuple[Any, ...]:
    """The filters of `wish` (its columns, or the values that `given` makes) hold for the posting."""
    posting: Any = Posting
    asked = (
        (posting.occupation_bit, wish.occupations),
        (posting.hour_bits, wish.hours),
        (posting.trait_bits, wish.traits),
    )
    return (
        *(stated.bitwise_and(wanted.bitwise_not()) == 0 for stated, wanted in asked),
        func.coalesce(posting.pay_hourly, _NO_PAY) >= wish.pay_floor,
        or_(wish.starts.is_(None), posting.starts_on.is_(None), posting.starts_on >= wish.starts),
        or_(wish.strict == 0, wish.strict.bitwise_and(_unstated()) == 0),
    )


def _unstated() -> Any:
    """The bits of what the notice leaves open."""
    posting: Any = Posting
    silent = {
        "pay": posting.pay_hourly.is_(None),
        "hours": posting.hour_bits == 0,
        "occupation": posting.occupation_bit == 0,
        "start": posting.starts_on.is_(None),
        **{name: posting.trait_bits.bitwise_and(literal(GROUPS[name], BigInteger)) == 0 for name in _TRAITS_ASKED},
    }
    bits = [case((condition, STRICT[name]), else_=0) for name, condition in silent.items()]
    return sum(bits[1:], bits[0])


def given(wish: Filters) -> Any:
    """The filters of one wish as values in a statement."""
    kinds = {name: Date if name == "starts" else BigInteger for name in Filters.model_fields}
    return SimpleNamespace(**{name: literal(getattr(wish, name), kind) for name, kind in kinds.items()})
