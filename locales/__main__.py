"""`python -m locales extract | update | check | new CODE`: the translator's four commands."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog

from .catalogs import read, released
from .checking import check
from .extraction import extract, template, written
from .plurals import RULES
from .translator import msgid

ROOT = Path(__file__).parents[1]


def main(arguments: list[str]) -> int:
    match arguments:
        case ["extract"]:
            (ROOT / "locales" / "messages.pot").write_bytes(template(ROOT))
        case ["update"]:
            (ROOT / "locales" / "messages.pot").write_bytes(template(ROOT))
            for path in sorted((ROOT / "locales").glob("*/LC_MESSAGES/messages.po")):
                save(path.parents[1].name, merged(path.parents[1].name))
        case ["new", code] if code in RULES and not place(code).exists():
            save(code, blank(code))
            print(f"Written: {place(code)}")  # noqa: T201
        case ["check"]:
            faults = check(ROOT, released())
            for fault in faults:
                print(fault)  # noqa: T201
            return 1 if faults else 0
        case _:
            print(f"{__doc__}\nCODE is one of {', '.join(sorted(RULES))} without a catalog yet.")  # noqa: T201
            return 2
    return 0


def place(code: str) -> Path:
    return ROOT / "locales" / code / "LC_MESSAGES" / "messages.po"


def blank(code: str) -> Catalog:
    """A catalog with every text still to be written."""
    catalog = Catalog(locale=code, project="dongne-ilgam", fuzzy=False)
    forms, expression = RULES[code]
    catalog._num_plurals, catalog._plural_expr = forms, expression  # type: ignore[assignment]
    for message in extract(ROOT):
        if message.id:
            catalog.add(message.id, context=message.context)
    return catalog


def merged(code: str) -> Catalog:
    """The catalog with what the code says now: what was translated stays, what is no longer said goes."""
    catalog, before = blank(code), read(code)
    for message in catalog:
        kept = before.get(msgid(message), message.context) if message.id else None
        if kept is not None and isinstance(kept.id, str) == isinstance(message.id, str):
            message.string, message.flags = kept.string, kept.flags
    return catalog


def save(code: str, catalog: Catalog) -> None:
    place(code).parent.mkdir(parents=True, exist_ok=True)
    place(code).write_bytes(written(catalog))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
