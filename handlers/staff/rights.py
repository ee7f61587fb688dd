"""Who may do what: the roles of the staff, from all to the least, and the right that each act needs."""

from collections.abc import Mapping
from typing import Literal

from locales import N_
from storage.staff import Who

Right = Literal["desk", "see", "write", "publish", "approve", "counter", "concerns", "applicants", "people", "owners"]

# applicants: who applied, with names
# desk: today's counts · see: a facility and its postings · write, publish: postings · approve: others' postings
# counter: enter people without a phone · concerns: look into what residents say · people: facilities, invitations, dismissal
_VIEWER: frozenset[Right] = frozenset({"desk", "see"})
_MANAGER: frozenset[Right] = _VIEWER | {"write", "publish", "counter", "concerns", "applicants"}
_APPROVER: frozenset[Right] = _VIEWER | {"approve", "concerns"}
_OFFICER: frozenset[Right] = _MANAGER | _APPROVER | {"people"}
RIGHTS: Mapping[str, frozenset[Right]] = {
    "viewer": _VIEWER,
    "manager": _MANAGER,
    "approver": _APPROVER,
    "officer": _OFFICER,
    "owner": _OFFICER | {"owners"},
}
ROLES: Mapping[str, str] = {  # as they are called
    "owner": N_("Owner"),
    "officer": N_("Officer"),
    "approver": N_("Approver"),
    "manager": N_("Facility manager"),
    "viewer": N_("Viewer"),
}
GIVES: Mapping[str, tuple[str, ...]] = {  # which roles who invites may give
    "owner": ("officer", "approver", "manager", "viewer"),
    "officer": ("officer", "approver", "manager", "viewer"),
}
ANYWHERE: frozenset[Right] = frozenset(
    {"desk", "counter", "applicants"}
)  # that managers have, too, where no facility is meant


def may(who: Who | None, right: Right, facility_id: int | None = None) -> bool:
    """Whether somebody has a right for a facility (None: for what belongs to no single one, as a source's posting)."""
    if who is None or right not in RIGHTS.get(who.role, frozenset()):
        return False
    if who.facilities is None:
        return True
    return right in ANYWHERE if facility_id is None else facility_id in who.facilities


def may_over(who: Who | None, other: Who) -> bool:
    """Whether somebody may dismiss another, or let them in again: never themselves, and nobody above them."""
    if who is None or who.resident_id == other.resident_id or not may(who, "people"):
        return False
    return other.role in GIVES.get(who.role, ()) or may(who, "owners")


def grows(who: Who | None, role: str, facility_id: int | None) -> bool:
    """Whether an invitation gives somebody more than they have, and takes nothing."""
    if who is None:
        return True
    if role == who.role == "manager":
        return facility_id not in (who.facilities or ())
    return RIGHTS[role] > RIGHTS[who.role]
