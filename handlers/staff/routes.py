"""The index of what staff do: each press with the right it needs, and each flow. All of them stand behind the gate."""

from . import desk, facilities, inviting, join, names, people
from .gate import Act

MODULES = (desk, people, facilities, inviting, join)
ACTS: dict[str, Act] = {verb: act for module in MODULES for verb, act in getattr(module, "ACTS", {}).items()}
ACTS["yh"] = names.again(ACTS)
FLOWS = tuple(flow for module in MODULES for flow in getattr(module, "FLOWS", ()))
