"""Logs: constant messages with ids beside them, pretty on a terminal and JSON otherwise, tokens and keys redacted."""

import logging
import re
import sys
from typing import Any, TextIO

import structlog

# A bot token in any text (Telegram puts it into addresses), keys and tokens in query strings, one in the path as Seoul's open
# data takes it, a password before the @.
SECRETS = re.compile(
    r"\d{5,}:[A-Za-z0-9_-]{20,}|(?<=[?&])((?:auth|service|access|api)?-?_?(?:key|token)=)[^&\s]+|(?<=:8088/)[^/\s]+(?=/(?:json|xml)/)|(?<=://)[^/\s@]+(?=@)",
    re.I,
)


def redact(text: str) -> str:
    return SECRETS.sub(lambda found: f"{found.group(1) or ''}[redacted]", text)


def _redacted(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    return {name: redact(value) if isinstance(value, str) else value for name, value in event.items()}


def set_up(stream: TextIO = sys.stderr, level: int = logging.INFO) -> None:
    """Route our own and the libraries' records through one chain."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    terminal = stream.isatty()
    # Plain tracebacks: the pretty ones show local variables, that is names, phones and the token.
    pretty = structlog.dev.ConsoleRenderer(pad_event_to=0, exception_formatter=structlog.dev.plain_traceback)
    last: list[Any] = [
        structlog.processors.format_exc_info,
        _redacted,
        pretty if terminal else structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last]
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("aiohttp.access", "apscheduler", "httpx", "httpcore", "telegram", "aiosqlite", "asyncio", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
