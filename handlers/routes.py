"""The index of the conversation: which command, press and flow leads to which handler."""

from .chat.engine import Routes
from .chat.turn import Turn
from .resident import account, copies, jobs, language, move, parent, posting, start
from .staff import desk, join


async def _start(turn: Turn) -> None:
    await start.start(turn)


async def _move(turn: Turn) -> None:
    await move.move(turn)


async def _area(turn: Turn) -> None:
    await account.area(turn)


async def _help(turn: Turn) -> None:
    turn.end()
    await account.help(turn)


ROUTES = Routes(
    commands={
        "start": start.start,
        "jobs": jobs.jobs,
        "saved": jobs.saved,
        "area": account.area,
        "language": language.language,
        "move": move.move,
        "parent": parent.parent,
        "mydata": account.mydata,
        "privacy": lambda turn, _argument: _privacy(turn),
        "stop": account.stop,
        "cancel": account.cancel,
        "help": account.help,
        "phone": account.phone,
        "owner": join.join,
        "today": desk.today,
    },
    presses={
        "st": (_start, 0),
        "ar": (_area, 0),
        "he": (_help, 0),
        "la": (language.choose, 1),
        "lg": (language.language, 0),
        "pg": (jobs.page, 2),
        "da": (account.once_a_day, 1),
        "ee": (account.erase, 0),
        "ex": (account.erased, 0),
        "mv": (_move, 0),
        "mc": (move.again, 0),
        "mu": (move.undo, 1),
        "cs": (copies.stop, 1),
        "ap": (posting.apply, 1),
        "ia": (posting.applied, 1),
        "sv": (posting.save, 1),
        "us": (posting.unsave, 1),
        "sh": (posting.show, 1),
        "de": (posting.details, 1),
        "ca": (posting.card, 1),
        "or": (posting.original, 1),
        "sf": (posting.share, 1),
        "no": (posting.not_for_me, 1),
        "nf": (posting.too_far, 1),
        "nk": (posting.not_this_kind, 1),
        "nj": (posting.just_this, 1),
        "wi": (posting.wider, 0),
        "ak": (posting.all_kinds, 0),
    },
    flows={flow.name: flow for flow in (start.FLOW, start.AREA, move.FLOW, parent.FLOW)},
    words=account.words,
    lost=account.lost,
    stale=account.stale,
)


async def _privacy(turn: Turn) -> None:
    turn.say(start.privacy(turn))
