"""The menu of commands that a messenger shows, in each language."""

from collections.abc import Mapping, Sequence

from locales import N_, Catalogs

MENU = {
    "start": N_("Start"),
    "jobs": N_("Today's jobs"),
    "saved": N_("My saved jobs"),
    "area": N_("Change neighbourhood"),
    "language": N_("Change language"),
    "mydata": N_("See or erase what we keep"),
    "stop": N_("Get no more alerts"),
    "help": N_("Help"),
}


def commands(catalogs: Catalogs) -> Mapping[str, Sequence[tuple[str, str]]]:
    return {
        code: [(name, catalogs.translator(code).t(msgid)) for name, msgid in MENU.items()] for code in catalogs.released
    }
