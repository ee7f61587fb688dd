"""`python -m locales extract | update | check | new CODE`: the translator's four commands."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog

from .catalogs import read
from .checking import check
from .extraction import extract, template, written
from .languages import released
from .plurals import RULES
from .translator import msgid

ROOT = Path(__file__).parents[1]


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Exit code: 0 done, 1 faults were found (a sentence each on the output), 2 the command is not understood."""
    home = root / "locales"
    match arguments:
        case ["extract"]:
            (home / "messages.pot").write_bytes(template(root))
        case ["update"]:
            (home / "messages.pot").write_bytes(template(root))
            for path in sorted(home.glob("*/LC_MESSAGES/messages.po")):
                path.write_bytes(written(merged(path.parents[1].name, root)))
        case ["new", code] if code in RULES and not (home / code).exists():
            path = home / code / "LC_MESSAGES" / "messages.po"
            path.parent.mkdir(parents=True)
            path.write_bytes(written(blank(code, root)))
            print(f"Written: {path}")  # noqa: T201
        case ["check"]:
            faults = check(root, released())
            for fault in faults:
                print(fault)  # noqa: T201
            return 1 if faults else 0
        case _:
            print(f"{__doc__}\nCODE is one of {', '.join(sorted(RULES))} without a catalog yet.")  # noqa: T201
            return 2
    return 0


def blank(code: str, root: Path) -> Catalog:
    """A catalog with every text still to be written, under our own plural header: Babel's is wrong for some languages."""
    catalog = Catalog(locale=code, project="dongne-ilgam", fuzzy=False)
    count, expression = RULES[code]
    catalog.mime_headers = [("Plural-Forms", f"nplurals={count}; plural={expression};")]
    for message in extract(root):
        if message.id:
            catalog.add(message.id, context=message.context)
    return catalog


def merged(code: str, root: Path) -> Catalog:
    """The catalog with what the code says now: what was translated stays as it was, what is no longer said goes.

    Nothing is matched by likeness: a similar sentence about another date or sum would look translated.
    """
    catalog, before = blank(code, root), read(code, root / "locales")
    for message in catalog:
        kept = before.get(msgid(message), message.context) if message.id else None
        if kept is not None and isinstance(kept.id, str) == isinstance(message.id, str):
            message.string, message.flags, message.user_comments = kept.string, kept.flags, kept.user_comments
    return catalog


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
