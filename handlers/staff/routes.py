"""The index of what staff do: each press with the right it needs, and each flow. All of them stand behind the gate."""

from . import (
    applied,
    ask,
    board,
    concerns,
    counter,
    counter_entry,
    desk,
    facilities,
    inbox,
    inviting,
    join,
    lastyear,
    meet,
    names,
    people,
    preview,
    publish,
    writing,
    writing_change,
    writing_sheet,
    writing_steps,
)
from .gate import Act

MODULES = (
    applied,
    ask,
    board,
    concerns,
    counter,
    counter_entry,
    desk,
    facilities,
    inbox,
    inviting,
    join,
    lastyear,
    meet,
    people,
    preview,
    publish,
    writing,
    writing_change,
    writing_sheet,
    writing_steps,
)
ACTS: dict[str, Act] = {verb: act for module in MODULES for verb, act in getattr(module, "ACTS", {}).items()}
ACTS["yh"] = names.again(ACTS)
FLOWS = tuple(flow for module in MODULES for flow in getattr(module, "FLOWS", ()))
