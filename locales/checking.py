"""What must be true of a released catalog: nothing missing or fuzzy, placeholders and plural header right, particles safe."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from .catalogs import read
from .extraction import extract, faults, template
from .plurals import RULES
from .translator import FIELD, forms, msgid

# A particle changes with the sound before it, which a filled-in value does not tell. It ends where no Hangul follows;
# the longer ones may carry more ("{n}이라고", "{n}로는").
PARTICLE = re.compile(
    r"""\}['"”’)」』》]*(?:(?:을|를|이|가|은|는|과|와|으로|로|이나|나|이며|이랑|랑|아|야)(?![가-힣])"""
    r"""|(?:이라|라고|이에요|예요|이었|였|으로|로(?:는|도|서|써|부터|만)))"""
)


def check(root: Path, codes: Iterable[str]) -> list[str]:
    """Every fault of the code's texts and of the released catalogs, a sentence each. Korean is always among them."""
    wanted = extract(root)
    found = faults(root)
    pot = root / "locales" / "messages.pot"
    if not pot.exists() or pot.read_bytes() != template(root):
        found.append("locales/messages.pot is not what the code says: python -m locales extract")
    for code in dict.fromkeys(("ko", *codes)):
        try:
            found += [f"{code}: {fault}" for fault in catalog_faults(code, read(code, root / "locales"), wanted)]
        except (OSError, ValueError, KeyError) as fault:
            found.append(f"{code}: the catalog cannot be read: {fault}")
    return found


def catalog_faults(code: str, catalog: Catalog, wanted: Catalog) -> list[str]:
    found = []
    count, expression = RULES[code]
    if catalog.num_plurals != count or str(catalog.plural_expr).replace(" ", "") != expression.replace(" ", ""):
        found.append(f"the plural header must be nplurals={count}; plural={expression};")
    for message in wanted:
        if message.id:
            here = catalog.get(msgid(message), message.context)
            found += [f"{msgid(message)!r}: {fault}" for fault in _message_faults(code, message, here, count)]
    return found


def _message_faults(code: str, wanted: Message, here: Message | None, count: int) -> list[str]:
    if code == "en" and (here is None or not any(forms(here))):
        return []  # the msgids are the English texts
    if here is None:
        return ["missing"]
    texts, plural = forms(here), not isinstance(wanted.id, str)
    found = ["fuzzy"] if here.fuzzy else []
    if not all(texts) or len(texts) != (count if plural else 1):
        return [*found, "missing"]
    return [*found, *dict.fromkeys(fault for text in texts for fault in _text_faults(code, wanted, text))]


def _text_faults(code: str, wanted: Message, text: str) -> Iterator[str]:
    names = set(FIELD.findall(wanted.id if isinstance(wanted.id, str) else " ".join(wanted.id)))
    if set(FIELD.findall(text)) != names or set("{}") & set(FIELD.sub("", text)):
        yield f"placeholders must be {sorted(names)}, each a plain {{name}}, in {text!r}"
    if _edges(text) != _edges(msgid(wanted)):
        yield f"spaces or line breaks at the ends differ in {text!r}"
    if text.count("\n") != msgid(wanted).count("\n"):
        yield f"the number of lines differs in {text!r}"
    if code == "ko" and PARTICLE.search(text):
        yield f"a particle stands right after a placeholder in {text!r}"


def _edges(text: str) -> tuple[str, str]:
    """The white space before and after a text."""
    inner = text.strip()
    return (text[: text.find(inner)], text[text.find(inner) + len(inner) :]) if inner else (text, "")
