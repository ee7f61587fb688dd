"""The index of the conversation: which command, press and flow leads to which handler."""

from . import ways
from .chat.engine import Routes
from .chat.turn import Turn
from .resident import (
    account,
    alerts,
    answers,
    applications,
    apply_steps,
    concern,
    copies,
    follow,
    jobs,
    language,
    less,
    less_steps,
    meeting,
    move,
    pace,
    parent,
    place,
    posting,
    reminders,
    start,
    where,
    wish,
    wish_steps,
)
from .staff import desk, gate, join
from .staff import routes as staff


async def _begin(turn: Turn, argument: str = "") -> None:
    """/start, by an invitation for staff too: a messenger's link can bring nothing but a start."""
    token = ways.read(argument).token
    await (join.join(turn, token) if token is not None else start.start(turn, argument))


async def _start(turn: Turn) -> None:
    await start.start(turn)


async def _move(turn: Turn) -> None:
    await move.move(turn)


async def _area(turn: Turn) -> None:
    await account.area(turn)


async def _stop(turn: Turn) -> None:
    await account.stop(turn)


async def _help(turn: Turn, _argument: str = "") -> None:
    """Both sides for staff: what residents can do, and what they can."""
    turn.end()
    await account.help(turn)
    await desk.also(turn)


ROUTES = Routes(
    commands={
        "start": _begin,
        "jobs": jobs.jobs,
        "saved": jobs.saved,
        "area": account.area,
        "alerts": alerts.alerts,
        "language": language.language,
        "move": move.move,
        "parent": parent.parent,
        "applications": applications.mine,
        "mydata": account.mydata,
        "privacy": lambda turn, _argument: _privacy(turn),
        "stop": account.stop,
        "cancel": account.cancel,
        "help": _help,
        "phone": account.phone,
        "owner": join.join,
        "join": join.join,
        "today": desk.desk,
        "day": desk.if_staff(jobs.jobs),
        "officer": desk.if_staff(account.phone),
    },
    presses={
        "st": (_start, 0),
        "ar": (_area, 0),
        "al": (alerts.alerts, 0),
        "wh": (where.where, 0),
        "ti": (pace.when, 0),
        "rm": (reminders.later, 1),
        "ag": (reminders.go_on, 0),
        "fi": (reminders.fine, 0),
        "sp": (_stop, 0),
        "we": (wish.edit, 1),
        "wn": (wish.new, 0),
        "he": (_help, 0),
        "mp": (place.on_map, 0),
        "la": (language.choose, 1),
        "lg": (language.language, 0),
        "pg": (jobs.page, 2),
        "ls": (jobs.leaf, 3),
        "da": (account.once_a_day, 1),
        "ee": (account.erase, 0),
        "ex": (account.erased, 0),
        "mv": (_move, 0),
        "mc": (move.again, 0),
        "mu": (move.undo, 1),
        "cs": (copies.stop, 1),
        "fo": (follow.follow, 1),
        "fu": (follow.unfollow, 1),
        "cw": (concern.what, 1),
        "cx": (concern.say, 2),
        "ap": (posting.apply, 1),
        "ia": (posting.applied, 1),
        "ms": (applications.pressed, 0),
        "mw": (applications.withdraw, 1),
        "mx": (applications.withdrawn, 1),
        "mq": (answers.answer, 3),
        "mf": (applications.forget, 0),
        "mt": (meeting.pick, 2),
        "ma": (meeting.another, 1),
        "mn": (meeting.none, 1),
        "mg": (meeting.absent, 1),
        "mk": (meeting.coming, 1),
        "sv": (posting.save, 1),
        "us": (posting.unsave, 1),
        "sh": (posting.show, 1),
        "de": (posting.details, 1),
        "ca": (posting.card, 1),
        "or": (posting.original, 1),
        "sf": (posting.share, 1),
        "no": (less.not_for_me, 1),
        "nt": (less.time, 1),
        "nk": (less.kind, 1),
        "nf": (less.far, 1),
        "np": (less.pay, 1),
        "nj": (less.just_this, 1),
        "uh": (less.show_again, 1),
        "uu": (less.undo, 0),
        "wi": (less.wider, 0),
        "ak": (less.all_kinds, 0),
        **gate.guarded(staff.ACTS),
    },
    flows={
        flow.name: flow
        for flow in (
            start.FLOW,
            start.AREA,
            where.FLOW,
            wish_steps.FLOW,
            less_steps.FLOW,
            pace.FLOW,
            move.FLOW,
            parent.FLOW,
            apply_steps.FLOW,
            *staff.FLOWS,
        )
    },
    words=account.words,
    lost=account.lost,
    stale=account.stale,
)


async def _privacy(turn: Turn) -> None:
    turn.say(start.privacy(turn))
