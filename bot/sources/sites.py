"""The kinds of sites in sources.toml, their options, and what is wrong with these, in plain words."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from .addresses import is_address
from .alio import Alio
from .api import Allowance, Api
from .cleaneye import Cleaneye
from .gojobs import Gojobs
from .govsupport import NAMES, Govsupport
from .gyeonggi import Gyeonggi
from .hrdnet import Hrdnet
from .http import PRIVATE, Fetcher
from .jobposting import Jobposting
from .saramin import Saramin
from .senuri import Senuri
from .seoul import Seoul
from .site import Asking, Site
from .work24 import Work24
from .yongin import Yongin

SITES: dict[str, type[Site]] = {
    "work24": Work24,
    "alio": Alio,
    "seoul": Seoul,
    "gyeonggi": Gyeonggi,
    "senuri": Senuri,
    "gojobs": Gojobs,
    "saramin": Saramin,
    "cleaneye": Cleaneye,
    "yongin": Yongin,
    "hrdnet": Hrdnet,
    "govsupport": Govsupport,
    "jobposting": Jobposting,
}
COMMON = ("base_url", "quota", "spread", "allow")
KINDS: dict[str, tuple[str, ...]] = {
    kind: tuple(dict.fromkeys((*site.needs, *site.options, *COMMON))) for kind, site in SITES.items()
}
SHORTEST = 60  # seconds between polls of a site that is not ours
EXAMPLES = {"regions": '["29200"]', "words": '["골프"]', "urls": '["https://www.example.kr/jobs/1"]'}


def faults(entry: Mapping[str, Any], environment: Mapping[str, str]) -> list[str]:
    """Sentences about the options of one source. Values are not repeated, since one may be a key."""
    site = SITES[entry["kind"]]
    given = {name: value for name, value in entry.items() if name in KINDS[entry["kind"]]}
    found = [f"needs {name}, {_meaning(name)}." for name in site.needs if name not in given]
    if "key" in given:
        found += _key_faults(given["key"], environment)
    if "base_url" in given and not (isinstance(given["base_url"], str) and is_address(given["base_url"])):
        found.append("base_url must begin with http:// or https:// and name a host.")
    for name, most in (("quota", 10_000_000), ("days", 1000)):
        if name in given and (type(given[name]) is not int or not 1 <= given[name] <= most):
            found.append(f"{name} must be a whole number from 1 to {most}.")
    every = entry.get("every", site.every)
    if type(every) not in (int, float):
        every = site.every
    spread = given.get("spread", 0)
    if type(spread) not in (int, float) or not 0 <= spread <= every:
        found.append("spread must be a number of seconds, and no more than every.")
    for name, example in EXAMPLES.items():
        if name in given and not (_list(given[name]) and given[name]):
            found.append(f"{name} must be a list of text, as {example}.")
    if _list(given.get("urls", [])) and not all(map(is_address, given.get("urls", []))):
        found.append("urls must begin with http:// or https:// and name a host.")
    if "elements" in given:
        found += _element_faults(given["elements"])
    if given.get("allow", []) not in ([], [PRIVATE]):
        found.append(f"allow can only be [{PRIVATE!r}] here: a key is not carried on to another address.")
    if every < SHORTEST:
        found.append(f"every must be {SHORTEST} seconds or more: the site is not ours.")
    return found


def source(entry: Mapping[str, Any], environment: Mapping[str, str], web: Fetcher, allowance: Allowance | None) -> Api:
    """A source of an entry without faults."""
    site = SITES[entry["kind"]]
    key = environment[entry["key"].removeprefix("env:")].strip() if "key" in entry else ""
    asking = Asking(
        base=entry.get("base_url", site.base).rstrip("/"),
        key=unquote(key)
        if "%" in key
        else key,  # the portal shows keys in both forms; the plain one is encoded once by us
        regions=tuple(entry.get("regions", ())),
        words=tuple(entry.get("words", ())),
        days=entry.get("days", 30),
        urls=tuple(entry.get("urls", ())),
        elements=dict(entry.get("elements", {})),
    )
    allow, every = frozenset(entry.get("allow", ())), float(entry.get("every", site.every))
    spread = entry.get("spread", min(300.0, every / 10))
    return Api(entry["name"], site(asking), every, web, allow, allowance, entry.get("quota"), float(spread))


def _element_faults(elements: Any) -> list[str]:
    if not isinstance(elements, dict) or not _list(list(elements.values())):
        return ['elements must be a table of names, as {title = "recrutSj", rows = "item"}.']
    found = [
        f"elements: {name!r} is not understood; there are {', '.join(NAMES)}." for name in elements if name not in NAMES
    ]
    return found + [f"elements needs {name}." for name in ("rows", "title", "closes") if name not in elements]


def _key_faults(key: Any, environment: Mapping[str, str]) -> list[str]:
    named = re.fullmatch(r"env:([A-Za-z_][A-Za-z0-9_]*)", key) if isinstance(key, str) else None
    if named is None:
        return ['key must be written as "env:NAME": the key itself stands in the environment, not in this file.']
    said = environment.get(named[1], "").strip()
    if not said:
        return [f"key: there is no {named[1]} in the environment, or it is empty."]
    return [] if said.isprintable() and said.isascii() and " " not in said else [f"key: {named[1]} can't be a key."]


def _meaning(name: str) -> str:
    return {
        "key": 'as "env:NAME"',
        "base_url": "the address from the site's own guide",
        "regions": "codes as the site writes them",
        "urls": "the addresses of its pages",
        "elements": "the names of the fields in its answers",
    }.get(name, "text")


def _list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)
