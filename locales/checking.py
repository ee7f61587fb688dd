"""What must be true of a released catalog: nothing missing or fuzzy, placeholders and plural header right, particles safe."""

import re
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from .catalogs import read
from .extraction import extract, faults, template
from .plurals import RULES
from .translator import msgid

PLACEHOLDER = re.compile(r"\{(\w*)[^{}]*\}")
# A particle changes with the sound before it, which a filled-in value does not tell.
PARTICLE = re.compile(r"\}['\"”’)]?(을|를|이|가|은|는|과|와|으로|로|이에요|예요)(?=[\s.,!?]|$)")


def check(root: Path, codes: tuple[str, ...]) -> list[str]:
    """Every fault of the released catalogs, a sentence each."""
    wanted = extract(root)
    found = faults(root)
    pot = root / "locales" / "messages.pot"
    if not pot.exists() or pot.read_bytes() != template(root):
        found.append("locales/messages.pot is not what the code says: python -m locales extract")
    for code in codes:
        found += [f"{code}: {fault}" for fault in catalog_faults(code, read(code), wanted)]
    return found


def catalog_faults(code: str, catalog: Catalog, wanted: Catalog) -> list[str]:
    found = []
    forms, _ = RULES[code]
    if catalog.num_plurals != forms or str(catalog.plural_expr).replace(" ", "") != RULES[code][1].replace(" ", ""):
        found.append(f"the plural header must be nplurals={forms}; plural={RULES[code][1]};")
    for message in wanted:
        if message.id:
            here = catalog.get(msgid(message), message.context)
            found += [f"{msgid(message)!r}: {fault}" for fault in _message_faults(code, message, here, forms)]
    return found


def _message_faults(code: str, wanted: Message, here: Message | None, forms: int) -> list[str]:
    if here is None:
        return [] if code == "en" else ["missing"]
    texts = here.string if isinstance(here.string, tuple | list) else (here.string,)
    if code == "en" and not any(texts):
        return []
    found = ["fuzzy"] if here.fuzzy else []
    if not all(texts) or (not isinstance(wanted.id, str) and len(texts) != forms):
        return [*found, "missing"]
    names = set(PLACEHOLDER.findall(" ".join([wanted.id] if isinstance(wanted.id, str) else wanted.id)))
    for text in map(str, texts):
        if set(PLACEHOLDER.findall(text)) != names:
            found.append(f"placeholders must be {sorted(names)}, not {sorted(set(PLACEHOLDER.findall(text)))}")
        if text.strip() != text or text.count("\n") != msgid(wanted).count("\n"):
            found.append("spaces or line breaks at the ends differ")
        if code == "ko" and PARTICLE.search(text):
            found.append("a particle stands right after a placeholder")
    return found
