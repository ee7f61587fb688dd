"""How a messenger introduces the bot to who has not written yet: its name, what it does, and the menu of commands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from locales import N_, Catalogs, Translator, languages

MENU = {
    "start": N_("Start"),
    "jobs": N_("Today's jobs"),
    "saved": N_("My saved jobs"),
    "alerts": N_("Choose what we tell you of"),
    "area": N_("Change neighbourhood"),
    "language": N_("Change language"),
    "move": N_("Another chat, or my parent"),
    "mydata": N_("See or erase what we keep"),
    "stop": N_("Get no more alerts"),
    "help": N_("Help"),
}


@dataclass(frozen=True, slots=True)
class Introduction:
    """In one language. `short` stands on the profile, `description` in the chat until somebody presses Start.

    Telegram takes 64, 120 and 512 characters. `commands` are (command, description), in order.
    """

    name: str
    short: str
    description: str
    commands: Sequence[tuple[str, str]]


def introductions(catalogs: Catalogs, place: Callable[[Translator], str]) -> Mapping[str, Introduction]:
    """By the two-letter code of Telegram's languages, which has one Chinese; "" is for everybody else, in English.

    `place` names the municipality.
    """
    by_code: dict[str, Introduction] = {}
    for language in catalogs.released:
        translator = catalogs.translator(language)
        code = languages.rows()[language]["set_my_commands_code"]
        by_code.setdefault(code, _introduction(translator, place(translator)))
    english = catalogs.translator("en")
    return by_code | {"": _introduction(english, place(english))}


def _introduction(t: Translator, municipality: str) -> Introduction:
    return Introduction(
        f"{t.t('Dongne Ilgam')} · {municipality}",
        t.t("{municipality}: new jobs near your home, in your language. It is free.", municipality=municipality),
        "\n\n".join(
            [
                t.t("Hello. This is Dongne Ilgam, the job alerts of {municipality}.", municipality=municipality),
                t.t("When there is work near your home, we write to you here. It is free."),
                t.t("To begin, press the button below."),
            ]
        ),
        [(name, t.t(msgid)) for name, msgid in MENU.items()],
    )
