"""The web chat: one page and one WebSocket, a platform like the others and the one that needs nobody else."""

from .client import WebChat
from .content import Content, Site
from .demo import routes as desk_routes

__all__ = ["Content", "Site", "WebChat", "desk_routes"]
