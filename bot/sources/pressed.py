"""Postings that the demo adds one by one, whenever its button is pressed: examples of ours, in the form of a sheet."""

import json
from dataclasses import replace
from datetime import date, datetime
from importlib.resources import files

from handlers.draft import Draft
from handlers.sheet import read_sheet
from handlers.text import SEOUL

from .examples import WRITTEN, moved, within
from .source import Fetched, Part, Terms


class Pressed:
    """`home` is the municipality in full Korean. The cursor keeps the day of each press, so that postings stay as they were."""

    name = "demo"
    every = 3600.0
    here = True
    terms = Terms()

    def __init__(self, home: str) -> None:
        self.newest = ""  # the title of the last one
        self.home, self._presses = home, 0

    def press(self) -> None:
        """The next fetch tells of one more."""
        self._presses += 1

    async def fetch(self, cursor: str | None, now: datetime) -> Fetched:
        days = json.loads(cursor) if cursor else []
        days += [now.astimezone(SEOUL).date().isoformat()] * self._presses
        self._presses = 0
        rows = read_sheet(
            files("bot.sources").joinpath("pressed.csv").read_bytes(), "pressed.csv", WRITTEN, example=True
        )
        told = tuple(self._draft(rows.drafts, n, date.fromisoformat(day)) for n, day in enumerate(days))
        self.newest = told[-1].title if told else ""
        return Fetched((Part(self.name, told, True),), cursor=json.dumps(days))

    def _draft(self, rows: tuple[Draft, ...], n: int, day: date) -> Draft:
        """The rows in turn; in the second round they are another branch's, so that each is a posting of its own."""
        round_, at = divmod(n, len(rows))
        draft = moved(rows[at], day)
        branch = f"{draft.organisation} {round_ + 1}관" if round_ else draft.organisation
        workplace = draft.workplace if within(self.home, draft.workplace) else self.home
        return replace(draft, key=f"{draft.key}-{n}", organisation=branch, workplace=workplace)
