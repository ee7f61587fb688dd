"""Pictures that messages carry: drawn from what a handler says is to be seen, after the commit, in a thread."""

from .drawings import Draw, Drawings, nothing

__all__ = ["Draw", "Drawings", "nothing"]
