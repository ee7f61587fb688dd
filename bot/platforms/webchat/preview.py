"""What a page tells machines: the preview that messengers show of its link, and a job's data for search engines."""

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from .html import Page, Reader


def preview(reader: "Reader", page: "Page", title: str, description: str) -> str:
    """What messengers and search engines are told of the page. The data block is never run: no policy refuses it."""
    told = {"title": title, "description": description, "type": "website", "site_name": reader.w["name"]}
    told["locale"] = reader.t.country_code
    if reader.site.url:
        mark = "&" if "?" in page.path else "?"
        told["url"] = f"{reader.site.url}{page.path}{mark}lang={reader.code}"
    tags = [f'<meta property="og:{name}" content="{escape(text)}">' for name, text in told.items()]
    if not page.listed:
        tags.append('<meta name="robots" content="noindex">')
    if page.data:
        tags.append(f'<script type="application/ld+json">{json(page.data)}</script>')
    return "\n".join(tags)


def json(data: Mapping[str, Any]) -> str:
    """JSON that can't end the element that it stands in."""
    return orjson.dumps(data).decode().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
