"""What should have become of everything, in plain Python: whom each posting was owed to, and which moments were allowed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from handlers import pace
from handlers.matching import due, fits
from storage.deliveries import Claimed
from storage.outbox_tables import Alert
from storage.tables import Posting, WishArea

from .edge import Edge, told_by
from .people import Person

LATE = timedelta(hours=24)  # how long after a failed attempt a digest may come at another than its chosen hour
NEVER_LEFT = {
    "blocked",
    "failed",
    "expired",
    "no chat",
    "left",
    "closed",
    "unwanted",
    "nothing to say",
    "no words",
}


@dataclass
class Oracle:
    """Looks on while the days go by, and at the end says of every planned alert how it ended (`outcomes`) or what is wrong
    with it (`faults`, by kind).
    """

    people: Mapping[int, Person]
    by_area: dict[int, dict[tuple[int, int], WishArea]] = field(default_factory=lambda: defaultdict(dict))
    owed: dict[tuple[int, int], datetime] = field(default_factory=dict)
    hidden: set[tuple[int, int]] = field(default_factory=set)
    merged: dict[int, tuple[int, datetime]] = field(default_factory=dict)  # into which posting, and when that was seen
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    outcomes: Counter[str] = field(default_factory=Counter)

    def learn(self, who: Person, before: Iterable[WishArea] = ()) -> None:
        """Somebody's wishes or places are others now."""
        for row in before:
            self.by_area[row.area].pop((who.id, row.wish_id), None)
        for row in who.areas:
            self.by_area[row.area][who.id, row.wish_id] = row

    def posted(self, posting: Posting, reach: Mapping[int, int], now: datetime) -> None:
        """A posting is new: to whom is it owed?"""
        for area, hops in reach.items():
            for (resident, wish_id), row in self.by_area.get(area, {}).items():
                key = resident, posting.id
                if key in self.owed or key in self.hidden or due(row, posting) == "never":
                    continue
                if fits(row, posting, hops, self.people[resident].words.get(wish_id, {})).ok:
                    self.owed[key] = now

    def looks(self, resident: int, owed: Claimed, now: datetime, edge: Edge) -> None:
        """A message leaves: may it, at this moment?"""
        who, minute = self.people[resident], pace.minute_of(now)
        about = f"{owed.kind} to {resident} at {now:%d %H:%M}"
        if who.left:
            self.faults["after leaving"].append(about)
        if who.paused_until is not None and who.paused_until > now:
            self.faults["in a pause"].append(f"{about}, paused until {who.paused_until:%d %H:%M}")
        chosen = who.daily_at is not None and (minute - who.daily_at) % 1440 < 60
        if pace.quiet(minute, who.quiet_from, who.quiet_until) and not chosen:
            self.faults["in quiet hours"].append(
                f"{about}, quiet {who.quiet_from}-{who.quiet_until}, daily {who.daily_at}"
            )
        if owed.kind not in ("alert", "digest") or who.daily_at is None:
            return
        on_time = minute == who.daily_at and who.weekly_on in (None, now.astimezone(pace.SEOUL).weekday())
        excused = max(filter(None, (edge.refused.get(resident), who.changed_at, now - 2 * LATE)))
        if not on_time and now - excused > LATE:
            self.faults["at another hour"].append(f"{about}, chosen {who.daily_at} {who.weekly_on}")
        if on_time and owed.kind == "alert":
            self.faults["not bundled"].append(about)

    def judge(self, edge: Edge, alerts: Sequence[Alert], postings: Mapping[int, Posting], now: datetime) -> None:
        """At the end: each (resident, posting) was told once, or a row says why not, and that is true."""
        shown, rows = (
            told_by(edge.shown, ("alert", "digest")),
            {(one.resident_id, one.posting_id): one for one in alerts},
        )
        for key in self.owed.keys() | shown.keys() | rows.keys():
            row, told = rows.get(key), shown.get(key, [])
            if key not in self.owed and not self._by_merging(key):
                self.faults["owed to nobody"].append(f"{key}: {row}")
            elif len(told) > 1:
                self.faults["twice"].append(f"{key}: {told}")
            elif row is None:
                self.faults["lost"].append(f"{key}, owed since {self.owed.get(key)}")
            else:
                self._one(key, row, told[0].at if told else None, postings[key[1]], now)
        self._same_message_twice(edge)
        self._merged_twice(edge)

    def _one(self, key: tuple[int, int], row: Alert, at: datetime | None, posting: Posting, now: datetime) -> None:
        who = self.people[key[0]]
        closed = posting.state == "closed" or (posting.closes_at is not None and posting.closes_at <= now)
        over = {
            "closed": closed or posting.revision > 1,  # or it was, and was told anew
            "expired": closed or posting.revision > 1,
            "left": who.left,
            "blocked": who.blocked,
            "no chat": who.blocked,
            "unwanted": who.changed_at is not None,
            "merged": key[1] in self.merged,
        }
        if at is not None:
            uncertain = row.state in ("waiting", "carried") and row.maybe_seen
            doubted = uncertain or row.reason in NEVER_LEFT | {"merged"}
            self.outcomes[
                "told" if row.state == "told" else "arrived, which nobody knows" if doubted else row.state
            ] += 1
            if row.state not in ("told", "waiting", "dropped") or (row.state != "told" and not doubted):
                self.faults["unaccounted"].append(f"{key}: told, and {row}")
        elif row.state == "told":
            # It rode along as a line after a lost answer, or closed between the digest and its words.
            self.outcomes["told in a line, or closed on its way"] += 1
            if not row.maybe_seen and not closed and not self._by_merging(key):
                self.faults["unaccounted"].append(f"{key}: never arrived, and {row}")
        elif row.state == "waiting" and row.maybe_seen:
            self.outcomes["uncertain"] += 1
        elif row.state == "waiting":
            self.outcomes["waits for its hour"] += 1
            if row.due_at <= now:
                self.faults["lost"].append(f"{key}: due and not planned, {row}")
        elif row.state == "dropped" and over.get(row.reason or "", row.reason in NEVER_LEFT):
            self.outcomes[f"dropped: {row.reason}"] += 1
        elif row.state == "carried":
            self.outcomes["on its way"] += 1
            self.on_its_way.append(row)
        else:
            self.faults["unaccounted"].append(f"{key}: {row}")

    on_its_way: list[Alert] = field(default_factory=list)

    def _by_merging(self, key: tuple[int, int]) -> bool:
        """Owed because what it was merged with was."""
        return any((key[0], other) in self.owed for other, (into, _) in self.merged.items() if into == key[1])

    def _same_message_twice(self, edge: Edge) -> None:
        names = Counter(one.once for one in edge.shown)
        self.faults["twice"] += [f"message {once}" for once, n in names.items() if n > 1]

    def _merged_twice(self, edge: Edge) -> None:
        """Who was told of a posting is not told of what was merged with it, from then on."""
        shown = told_by(edge.shown, ("alert", "digest"))
        for (resident, posting), told in shown.items():
            if posting in self.merged:
                into, when = self.merged[posting]
                first, last = sorted((told[0].at, *(one.at for one in shown.get((resident, into), told[:1]))))[::1][:2]
                if first < last and last > when:
                    self.faults["twice"].append(
                        f"{resident}: {posting}, merged into {into} at {when}, at {first} and {last}"
                    )
