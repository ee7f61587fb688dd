"""Finds every text shown to people: calls of `.t`, `.n`, `.c` and `N_` in the code, without places or dates."""

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from .translator import FIELD

ROOMS = ("handlers", "bot", "locales")
TEXTS = {"t": 1, "n": 2, "c": 2, "N_": 1}  # how many leading arguments of each are texts
DATED = ("POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Report-Msgid-Bugs-To", "Last-Translator")


def calls(root: Path) -> Iterator[tuple[Path, ast.Call, str]]:
    """Each translating call of the code, with its file and keyword."""
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                    if name in TEXTS and isinstance(node.func, ast.Attribute) == (name != "N_"):
                        yield path, node, name


def literals(node: ast.Call, name: str) -> list[str] | None:
    """The texts of a call; None where one of them is not a literal."""
    texts = [
        arg.value for arg in node.args[: TEXTS[name]] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
    ]
    return texts if len(texts) == TEXTS[name] else None


def extract(root: Path) -> Catalog:
    """All msgids of the code as a template. Read from the syntax tree: Babel's own extractor misses calls inside f-strings."""
    catalog = Catalog(project="dongne-ilgam", copyright_holder="", charset="utf-8", fuzzy=False)
    for _, node, name in calls(root):
        match name, literals(node, name):
            case "n", [singular, plural]:
                catalog.add((singular, plural))
            case "c", [context, text]:
                catalog.add(text, context=context)
            case _, [text] if text:  # the empty msgid is the header's
                catalog.add(text)
    return catalog


def template(root: Path) -> bytes:
    """The text of messages.pot: words only, so that a difference shows words only."""
    return written(extract(root))


def written(catalog: Catalog) -> bytes:
    """A catalog as a file: sorted, a text a line, without what is no longer said; translators' remarks and fuzzy marks stay."""
    out = BytesIO()
    write_po(out, catalog, no_location=True, sort_output=True, width=0, ignore_obsolete=True)
    header, *messages = out.getvalue().decode().strip().split("\n\n")
    dated = tuple(f'"{name}:' for name in DATED)
    blocks = ["\n".join(line for line in header.splitlines() if not line.startswith(("#", *dated)))]
    for message in messages:
        kept = [line for line in message.splitlines() if not line.startswith("#,") or "fuzzy" in line]
        blocks.append("\n".join("#, fuzzy" if line.startswith("#,") else line for line in kept))
    return ("\n\n".join(blocks) + "\n").encode()


def faults(root: Path) -> list[str]:
    """Calls that extraction can't read: `t` may look up a text marked with N_, everything else needs a literal."""
    found = []
    for path, node, name in calls(root):
        where = f"{path.relative_to(root)}:{node.lineno}"
        texts = literals(node, name)
        if texts is None and not (name == "t" and node.args and _looked_up(node.args[0])):
            found.append(f"{where}: {name}() needs a literal text, never one that is put together")
        if any(set("{}") & set(FIELD.sub("", text)) for text in texts or ()):
            found.append(f"{where}: a placeholder is a plain {{name}}")
    return found


def _looked_up(node: ast.expr) -> bool:
    """A name, attribute, item or `.get(...)`: where a marked text is kept. A formatted or joined text is none of these."""
    got = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get"
    return got or isinstance(node, ast.Name | ast.Attribute | ast.Subscript)
