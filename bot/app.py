"""The one composition root: `build` puts the whole program together, and tests put other clocks, platforms and sources in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import structlog

from handlers.deployment import Deployment
from locales import Catalogs
from storage.store import Store

from .clock import Clock
from .dispatch import Dispatch
from .platforms.platform import Platform
from .poller import Poller
from .rounds import Round
from .sender import Sender
from .settings import Settings
from .web import Web

log = structlog.get_logger()


