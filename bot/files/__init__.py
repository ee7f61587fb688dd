"""Files that messages carry: made from what a handler says is to be in them, after the commit, in a thread."""

from .makers import Files, Make, nothing

__all__ = ["Files", "Make", "nothing"]
