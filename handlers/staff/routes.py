"""The index of what staff do: each press with the right it needs, and each flow. All of them stand behind the gate."""

from . import board, desk, preview, publish, writing, writing_change, writing_sheet, writing_steps
from .gate import Act

MODULES = (desk, board, writing, writing_steps, writing_sheet, writing_change, preview, publish)
ACTS: dict[str, Act] = {verb: act for module in MODULES for verb, act in module.ACTS.items()}
FLOWS = tuple(flow for module in MODULES for flow in getattr(module, "FLOWS", ()))
