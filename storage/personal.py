"""What every personal column is for: purpose, basis, retention and readers. An undeclared column fails a test.

The sweep, the privacy notice, the register of processing and what a person is told about themselves are made from here.
"""

from dataclasses import dataclass
from typing import Literal

A_DAY = 1  # codes and moves
LEAVING = 30  # days from leaving to erasure; who never agreed to anything is erased after one day
HISTORY = 90  # days from the last outcome of a message until only its count remains
TALK = 30  # days of chat history and of an open question

Basis = Literal["consent", "contract", "public duty"]
Reader = Literal["resident", "operator", "facility"]


@dataclass(frozen=True, slots=True)
class Personal:
    """`retention_days` run from leaving, or from the row's own end where it ends sooner. Readers beside the program."""

    purpose: str
    basis: Basis
    retention_days: int
    readers: tuple[Reader, ...] = ("resident",)


_REACH = Personal("to write to you where you asked us to", "contract", LEAVING, ("resident", "operator"))
_STATE = Personal("to know whether we may write to you", "contract", LEAVING, ("resident", "operator"))
_SPEECH = Personal("to speak your language", "contract", LEAVING)
_QUIET = Personal("to write to you only at the hours you chose", "contract", LEAVING)
_PROOF = Personal("to show what you agreed to and when", "public duty", LEAVING, ("resident", "operator"))
_ASKED = Personal("to go on where you stopped in a question", "contract", TALK)
_TALK = Personal("to show you the conversation in the web chat", "contract", TALK)
_ROLE = Personal(
    "to know who may act for the municipality or a facility", "public duty", LEAVING, ("resident", "operator")
)
_CONCERN = Personal(
    "to look into what is wrong with a job", "public duty", LEAVING, ("resident", "operator", "facility")
)
_APPLIED = Personal(
    "to give your application to who hires, and to tell you the answer", "consent", LEAVING, ("resident", "facility")
)
_PROFILE = Personal("not to ask you again when you apply the next time", "consent", LEAVING)
_COUNTER = Personal(
    "to find jobs for you where you asked us at the counter", "consent", LEAVING, ("resident", "operator", "facility")
)
_WISH = Personal("to find jobs that you look for", "consent", LEAVING)
_SIGN = Personal("to count which signs are of use", "consent", LEAVING, ("resident", "operator"))
_MARK = Personal("to remember what you saved, hid or applied to", "contract", LEAVING)
_OWED = Personal("to tell you of each job once", "consent", LEAVING)
_SENT = Personal("to deliver every message once and account for it", "contract", HISTORY, ("resident", "operator"))
_USED = Personal("to count which alerts lead to work", "contract", HISTORY)
_CODE = Personal("to carry your alerts to another chat", "contract", A_DAY)
_MOVE = Personal("to undo a move to another chat", "contract", A_DAY)
_COPY = Personal("to send copies of alerts to who helps you", "consent", LEAVING)


_FILTERS = ("occupations", "hours", "traits", "pay_floor", "starts", "strict")


def _of(table: str, personal: Personal, *names: str) -> dict[str, Personal]:
    return {f"{table}.{name}": personal for name in names}


PERSONAL: dict[str, Personal] = {
    **_of("residents", _SPEECH, "language"),
    **_of("residents", _STATE, "state", "left_at"),
    **_of("residents", _QUIET, "quiet_from", "quiet_until", "daily_at", "weekly_on", "paused_until"),
    **_of("residents", _QUIET, "shifts", "shifts_from", "asked_at"),
    **_of("chats", _REACH, "platform", "account", "address", "kind"),
    **_of("chats", _REACH, "chosen_at"),
    **_of("chats", _STATE, "state", "friend", "strikes", "struck_on"),
    **_of("chats", _ASKED, "misses"),
    **_of("consents", _PROOF, "item", "version", "language", "basis", "at", "withdrawn_at"),
    **_of("dialogs", _ASKED, "flow", "step", "answers", "offered", "updated_at"),
    **_of("lines", _TALK, "mine", "body", "at"),
    **_of("staff", _ROLE, "role", "name", "since", "ended_at", "acted_at", "hidden"),
    **_of("manages", _ROLE, "facility_id", "since"),
    **_of("follows", _WISH, "facility_id", "since"),
    **_of("concerns", _CONCERN, "posting_id", "kind", "at"),
    **_of("applications", _APPLIED, "posting_id", "stage", "form", "slot_id", "made_at", "changed_at"),
    **_of("milestones", _APPLIED, "word", "said_by", "by", "at"),
    **_of("profiles", _PROFILE, "form", "since"),
    **_of("walk_ins", _COUNTER, "name", "phone", "facility_id", "entered_by", "paper", "since"),
    **_of("neighbourhoods", _WISH, "area", "width", "chosen_at"),
    **_of("wishes", _WISH, "name", "active", "words", *_FILTERS),
    **_of("wishes", _SIGN, "sign"),
    **_of("wish_areas", _WISH, "area", "width", "active", *_FILTERS),
    **_of("marks", _MARK, "posting_id", "verb", "at"),
    **_of("alerts", _OWED, "posting_id", "hops", "due_at", "state", "reason", "maybe_seen"),
    **_of(
        "deliveries", _SENT, "kind", "state", "reason", "posting_id", "body", "not_before", "message_ref", "settled_at"
    ),
    **_of("deliveries", _USED, "opened_at", "applied_at"),
    **_of("codes", _CODE, "digest", "kind", "expires_at", "used_at"),
    **_of("moves", _MOVE, "from_chat", "to_chat", "other_id", "came", "both", "at", "undone_at"),
    **_of("copies", _COPY, "chat_id", "consent_id", "since"),
}

# Keys, versions and clockwork: they say nothing about a person by themselves, and go with the row they stand in.
PLAIN: frozenset[str] = frozenset(
    f"{table}.{name}"
    for table, names in {
        "residents": "id created_at",
        "chats": "id resident_id created_at",
        "consents": "id resident_id",
        "dialogs": "chat_id number",
        "lines": "id chat_id",
        "staff": "resident_id",
        "manages": "resident_id",
        "follows": "resident_id",
        "concerns": "id resident_id handled_at",
        "applications": "id resident_id track",
        "milestones": "id application_id",
        "profiles": "resident_id",
        "walk_ins": "resident_id",
        "neighbourhoods": "resident_id",
        "wishes": "id resident_id created_at",
        "wish_areas": "wish_id resident_id seen worded",
        "marks": "resident_id",
        "alerts": "id resident_id revision wish_id delivery_id",
        "codes": "id resident_id chat_id made_at",
        "moves": "id resident_id",
        "copies": "id resident_id",
        "deliveries": "id once chat_id lane revision created_at expires_at lease lease_until attempt_key attempts",
    }.items()
    for name in names.split()
)
