"""Copies of alerts: which chats get one with each planned message, when, and where a helper is alerted to the same anyway."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import copies
from storage.copies import Helper
from storage.deliveries import Owed
from storage.due import ROUTINE, Due
from storage.transaction import Transaction

from .. import pace


@dataclass(frozen=True, slots=True)
class Others:
    """Who else hears of what these people are told. `helped` are by chat those whose alerts are copied there."""

    helpers: Mapping[int, Sequence[Helper]]
    helped: Mapping[int, Sequence[int]]
    alerted: frozenset[tuple[int, int]]  # (resident, posting)

    def also(self, bundle: Sequence[Due]) -> dict[str, Any]:
        """What a message says of the postings that a helped person is alerted to as well: their ids under `also`."""
        whose = self.helped.get(bundle[0].chat_id or 0, ())
        same = [one.posting_id for one in bundle if any((who, one.posting_id) in self.alerted for who in whose)]
        return {"also": same} if same else {}

    def copies(self, now: datetime, bundle: Sequence[Due], silent: Sequence[str]) -> list[Owed]:
        """One message for each chat that gets copies, without what its reader is alerted to themself."""
        return [
            _owed(now, helper, left, silent)
            for helper in self.helpers.get(bundle[0].resident_id, ())
            if (left := [one for one in bundle if not self._has(helper, one)])
        ]

    def _has(self, helper: Helper, alert: Due) -> bool:
        return helper.helper_id != helper.resident_id and (helper.helper_id, alert.posting_id) in self.alerted


async def look(tx: Transaction, people: Sequence[Sequence[Due]], platforms: Sequence[str]) -> Others:
    """What is to be known of the others before these people's messages are queued."""
    helpers = await copies.helpers(tx, [alerts[0].resident_id for alerts in people], platforms)
    helped = await copies.helped(tx, [alerts[0].chat_id or 0 for alerts in people])
    concerned = {one.helper_id for some in helpers.values() for one in some} | {
        one for some in helped.values() for one in some
    }
    postings = [alert.posting_id for alerts in people for alert in alerts]
    return Others(helpers, helped, frozenset(await copies.alerted(tx, sorted(concerned), postings)))


def _owed(now: datetime, helper: Helper, alerts: Sequence[Due], silent: Sequence[str]) -> Owed:
    """Named like an alert, so that no chat is shown a posting twice, whoever it is for."""
    only = alerts[0] if len(alerts) == 1 else None
    near = [one.posting_id for one in sorted(alerts, key=lambda one: (one.hops, one.id))]
    newest = max(one.id for one in alerts)
    return Owed(
        f"alert:{helper.chat_id}:{only.posting_id}" if only else f"copy:{helper.chat_id}:{newest}",
        helper.chat_id,
        "copy",
        ROUTINE,
        posting_id=only.posting_id if only else None,
        revision=only.revision if only else 0,
        body={"copy": helper.id, "postings": near},
        not_before=_when(now, helper, silent),
        expires_at=only.closes_at if only else None,
    )


def _when(now: datetime, helper: Helper, silent: Sequence[str]) -> datetime:
    """At the helper's own hour, outside their quiet hours, and not while they pause."""
    return pace.may_go(now, now, helper, rings=helper.platform not in silent)
