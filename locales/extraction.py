"""Finds every text shown to people: calls of `.t`, `.n`, `.c` and `N_` in handlers and bot, without places or dates."""

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

ROOMS = ("handlers", "bot")


def calls(root: Path) -> Iterator[tuple[Path, ast.Call, str]]:
    """Each translating call of the code, with its file and keyword."""
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                    method = isinstance(node.func, ast.Attribute)
                    if (method and name in {"t", "n", "c"}) or (not method and name == "N_"):
                        yield path, node, name


def extract(root: Path) -> Catalog:
    """All msgids of the code as a template. Read from the syntax tree: Babel's own extractor misses calls inside f-strings."""
    catalog = Catalog(project="dongne-ilgam", copyright_holder="", charset="utf-8", fuzzy=False)
    for _, node, name in calls(root):
        words = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if name == "n" and len(words) >= 2:
            catalog.add((words[0], words[1]))
        elif name == "c" and len(words) >= 2:
            catalog.add(words[1], context=words[0])
        elif name in {"t", "N_"} and words:
            catalog.add(words[0])
    return catalog


def template(root: Path) -> bytes:
    """The text of messages.pot: words only, so that a difference shows words only."""
    return written(extract(root))


def written(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalog, no_location=True, omit_header=False, sort_output=True, width=0, include_previous=False)
    lines = out.getvalue().decode().splitlines()
    dated = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Report-Msgid-Bugs-To', '"Last-Translator')
    kept = [line for line in lines if not line.startswith(dated) and not line.startswith("#")]
    return ("\n".join(kept).strip() + "\n").encode()


def faults(root: Path) -> list[str]:
    """Calls that extraction can't read: an f-string or a name where a literal must stand."""
    found = []
    for path, node, name in calls(root):
        first = node.args[: 2 if name in {"n", "c"} else 1]
        literal = all(isinstance(arg, ast.Constant) and isinstance(arg.value, str) for arg in first)
        looked_up = name == "t" and len(first) == 1 and isinstance(first[0], ast.Name | ast.Call | ast.Subscript)
        if not first or not (literal or looked_up):
            found.append(f"{path.relative_to(root)}:{node.lineno}: {name}() needs a literal text, never an f-string")
    return found
