"""Holds requests against a machine-readable description of the Bot API: methods, fields, types, and limits stated in words."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from .botlimits import beyond

PATH = Path(__file__).parents[2] / "../shared/contracts/telegram/api.json"


@cache
def described() -> dict[str, Any] | None:
    """The description, or None where this machine has none."""
    return json.loads(PATH.read_text(encoding="utf-8")) if PATH.exists() else None


def faults(method: str, parameters: dict[str, Any]) -> list[str]:
    """What is wrong with a request, one sentence each."""
    spec = described()
    if spec is None:
        return []
    if method not in spec["methods"]:
        return [f"{method} is not a method"]
    return list(_object(spec, method, spec["methods"][method].get("fields", []), parameters))


def odd(kind: str, value: Any) -> list[str]:
    """What is wrong with an object that the server hands out: the fake is held against the contract as well."""
    spec = described()
    return [] if spec is None else list(_typed(spec, kind, kind, value))


def _object(spec: dict[str, Any], at: str, fields: list[dict[str, Any]], value: Any) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{at} is not an object"
        return
    known = {field["name"]: field for field in fields}
    yield from (f"{at}.{name} does not exist" for name in value if name not in known)
    for name, field in known.items():
        if name not in value:
            if field["required"]:
                yield f"{at}.{name} is missing"
            continue
        yield from beyond(f"{at}.{name}", field["description"], value[name], value)
        if not any(not list(_typed(spec, f"{at}.{name}", kind, value[name])) for kind in field["types"]):
            yield from (list(_typed(spec, f"{at}.{name}", field["types"][0], value[name])))


def _typed(spec: dict[str, Any], at: str, kind: str, value: Any) -> Iterator[str]:
    plain = {"Integer": int, "String": str, "Boolean": bool, "Float": (int, float)}
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            yield f"{at} is not an array"
            return
        for i, item in enumerate(value):
            yield from _typed(spec, f"{at}[{i}]", kind.removeprefix("Array of "), item)
    elif kind in plain:
        if not isinstance(value, plain[kind]) or (kind == "Integer" and isinstance(value, bool)):
            yield f"{at} is not of type {kind}"
    elif kind == "InputFile":
        if not isinstance(value, bytes):
            yield f"{at} is not a file"
    else:
        description = spec["types"][kind]
        if kinds := description.get("subtypes"):
            tried = [list(_typed(spec, at, each, value)) for each in kinds]
            if all(tried):
                yield from min(tried, key=len)
        else:
            yield from _object(spec, at, description.get("fields", []), value)
            yield from _kinds(at, description, value)


def _kinds(at: str, description: dict[str, Any], value: Any) -> Iterator[str]:
    """A button is of one kind: exactly one field but some says which."""
    found = re.search(
        r"Exactly one of the fields other than ([^.]+) must be used", " ".join(description["description"])
    )
    if found and isinstance(value, dict):
        common = re.split(r", and |, | and ", found[1])
        if len([name for name in value if name not in common]) != 1:
            yield f"{at} is not of exactly one kind"
