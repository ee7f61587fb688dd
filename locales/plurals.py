"""Plural headers: the expressions our catalogs may carry, and how an expression becomes a function."""

import ast
import re
from collections.abc import Callable

# By language: (forms, expression), as CLDR counts whole numbers. What Babel writes by itself is wrong for id, my, tg, fil, bn
# and si, so the table is ours.
ONE_FORM = ("ko", "vi", "zh_Hans", "zh_Hant", "ja", "th", "km", "id", "my", "lo", "tg")
RULES: dict[str, tuple[int, str]] = dict.fromkeys(ONE_FORM, (1, "0"))
RULES |= dict.fromkeys(("en", "uz", "kk", "ky", "ne", "mn", "ur"), (2, "(n != 1)"))
RULES |= dict.fromkeys(("bn", "si"), (2, "(n > 1)"))
RULES["fil"] = (2, "(n % 10 == 4 || n % 10 == 6 || n % 10 == 9)")
RULES["ru"] = (3, "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)")

_ALLOWED = (
    *(ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.BinOp, ast.Mod, ast.Compare, ast.IfExp),
    *(ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Name, ast.Load, ast.Constant),
)


def compiled(expression: str) -> Callable[[int], int]:
    """A gettext plural expression (C) as a function of n. ValueError for anything but arithmetic on n."""
    python = _ternary(re.sub(r"!(?!=)", " not ", expression.replace("&&", " and ").replace("||", " or ")).strip(" ;"))
    tree = ast.parse(python, mode="eval")
    for node in ast.walk(tree):
        if not isinstance(node, _ALLOWED) or (isinstance(node, ast.Name) and node.id != "n"):
            raise ValueError(f"not a plural expression: {expression}")
    code = compile(tree, "<plural>", "eval")
    return lambda n: int(eval(code, {"__builtins__": {}}, {"n": n}))


def _ternary(text: str) -> str:
    """C's `a ? b : c` as Python's `b if a else c`, nested from the right."""
    text = text.strip()
    while text.startswith("(") and _closing(text) == len(text) - 1:
        text = text[1:-1].strip()
    if "?" not in text:
        return text
    condition, rest = text.split("?", 1)
    depth = 0
    for i, char in enumerate(rest):
        depth += (char == "?") - (char == ":")
        if depth < 0:
            return f"({_ternary(rest[:i])}) if ({condition}) else ({_ternary(rest[i + 1 :])})"
    raise ValueError(f"not a plural expression: {text}")


def _closing(text: str) -> int:
    depth = 0
    for i, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if not depth:
            return i
    return -1
