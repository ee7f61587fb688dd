"""The public pages as HTML: complete without script, nothing inline that a strict Content-Security-Policy would refuse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

from handlers.pages import JobPage
from handlers.ways import Way, link
from locales import Catalogs, Translator

from . import trial
from .content import Job, Site
from .preview import json, preview
from .words import LETTER, words


@dataclass(frozen=True)
class Page:
    """What differs from page to page. `description` is what messengers show when the link is sent around."""

    body: str
    title: str = ""
    description: str = ""
    path: str = "/"
    status: int = 200
    chat: bool = False
    embedded: bool = False  # shown in a frame of another site
    data: Mapping[str, Any] | None = None  # for search engines, as JSON-LD
    listed: bool = True  # whether search engines are asked to keep it


@dataclass(frozen=True)
class Reader:
    """Who reads: one language of one site."""

    site: Site
    catalogs: Catalogs
    code: str

    @cached_property
    def t(self) -> Translator:
        return self.catalogs.translator(self.code)

    @cached_property
    def w(self) -> dict[str, str]:
        found = words(self.t)
        run_by = self.t.t("Run by the {municipality} office · free", municipality=self.site.name(self.code))
        return {**found, "run_by": run_by, "letter": LETTER.get(self.code, "A")}

    def ui(self) -> dict[str, Any]:
        """What the script needs to speak this language."""
        names = {"code": self.code, "tag": tag(self.code), "native": self.catalogs.native_name(self.code)}
        known = [[code, tag(code)] for code in self.catalogs.released]
        site = {"location_on": self.site.location, "embedders": self.site.embedders}
        return {**self.w, **names, **site, "rtl": self.t.rtl, "known": known}

    def link(self, path: str) -> str:
        """A page of ours, in this language."""
        mark = "&" if "?" in path else "?"
        return escape(f"{path}{mark}lang={self.code}")


def tag(code: str) -> str:
    """Our code as HTML knows it, as zh-Hans."""
    return code.replace("_", "-")


def document(reader: Reader, page: Page) -> str:
    w = reader.w
    title = f"{page.title} · {w['name']}" if page.title else w["name"]
    description = page.description or w["promise"]
    direction = "rtl" if reader.t.rtl else "ltr"
    return f"""<!doctype html>
<html lang="{tag(reader.code)}" dir="{direction}"{' class="embedded"' if page.embedded else ""}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<title>{escape(title)}</title>
<meta name="description" content="{escape(description)}">
{preview(reader, page, title, description)}
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/style.css">
<link rel="stylesheet" href="/static/chat.css">
<script src="/static/early.js"></script>
<script type="application/json" id="ui">{json(reader.ui())}</script>
<script type="module" src="/static/chat.js"></script>
</head>
<body>
<a class="skip" href="#main" data-w="skip">{escape(w["skip"])}</a>
{trial.bar(reader)}{top(reader, page)}
{page.body}
</body>
</html>
"""


def top(reader: Reader, page: Page) -> str:
    """Who runs it, and what helps to read: language and text size. Buttons appear only where the script can act."""
    w = reader.w
    size = f'<button class="chip" id="size" type="button" dir="ltr" hidden>{escape(w["letter"])}+</button>'
    language = (
        '<button class="chip" id="language" type="button" hidden></button>' if page.chat else switch(reader, page)
    )
    close = '<button class="chip" id="close" type="button" hidden data-label="embed_close">✕</button>'
    other = f'<button class="chip wide" id="other" type="button" hidden data-w="other">{escape(w["other"])}</button>'
    home = "" if page.embedded else f' href="{reader.link("/")}"'  # a frame can't show the other pages
    return f"""<header class="top">
<a class="brand"{home}><span class="mark" aria-hidden="true" lang="ko">동</span>
<span><strong data-w="name">{escape(w["name"])}</strong><small data-w="run_by">{escape(w["run_by"])}</small></span></a>
<div class="tools">{other if page.chat else ""}{language}{size}{close if page.embedded else ""}</div>
</header>"""


def switch(reader: Reader, page: Page) -> str:
    """The other languages as links: a page of its own has no chat to ask in."""
    mark = "&" if "?" in page.path else "?"
    rows = "".join(
        f'<a href="{escape(f"{page.path}{mark}lang={code}")}" lang="{tag(code)}" hreflang="{tag(code)}">'
        f"{escape(reader.catalogs.native_name(code))}</a>"
        for code in reader.catalogs.released
        if code != reader.code
    )
    name = escape(reader.catalogs.native_name(reader.code))
    label = escape(reader.w["language"])
    return (
        f'<details class="switch"><summary class="chip" aria-label="{label}: {name}">{name}</summary>{rows}</details>'
    )


def landing(reader: Reader, total: int, jobs: Sequence[Job]) -> Page:
    """Everything a first visit needs, readable without script; the script opens the chat in its place."""
    w = reader.w
    twin = reader.catalogs.translator("en" if reader.code == "ko" else "ko")
    codes = [reader.code, *(code for code in reader.catalogs.released if code != reader.code)]
    languages = "".join(
        f'<a class="button{" main" if code == reader.code else ""}" href="/?lang={code}" data-language="{code}" '
        f'lang="{tag(code)}" hreflang="{tag(code)}">{escape(reader.catalogs.native_name(code))}</a>'
        for code in codes
    )
    messengers = "".join(
        f'<a class="button" href="{escape(address)}" rel="noopener">{escape(name)}</a>'
        for name, address in reader.site.messengers
        if address.startswith(("https://", "http://"))
    )
    if messengers:
        messengers = f'<h2 class="soft">{escape(w["messengers"])}</h2><div class="pair">{messengers}</div>'
    body = f"""<div id="people">
<main id="main" class="landing" tabindex="-1">
<section class="welcome">
<h1>{escape(w["promise"])}</h1>
<p class="twin" lang="{twin.code}">{escape(words(twin)["promise"])}</p>
<h2 class="soft" id="choose">{escape(w["choose"])}</h2>
<nav class="pair" aria-labelledby="choose">{languages}</nav>
<noscript><p class="note">{escape(w["no_script"])}</p></noscript>
<label class="check" hidden><input type="checkbox" id="shared"><span>{escape(w["shared"])}</span></label>
{messengers}
</section>
<section class="open">
{f"<h2>{escape(_open(reader, total))}</h2>" if total else ""}
{listed(reader, jobs)}
{f'<a class="button" href="{reader.link("/jobs")}">{escape(w["all_jobs"])}</a>' if total > len(jobs) else ""}
</section>
{footer(reader, other=True)}
</main>
{chat(reader)}
</div>"""
    return Page(body, chat=True)


def chat(reader: Reader) -> str:
    """The chat's place; the script fills it."""
    w = {name: escape(text) for name, text in reader.w.items()}
    return f"""<main id="chat" class="chat" hidden data-label="chat" aria-label="{w["chat"]}">
<h1 class="unseen" data-w="chat">{w["chat"]}</h1>
<div id="sharing" class="bar" hidden><span data-w="shared_on">{w["shared_on"]}</span>
<button type="button" class="chip" id="leave" data-w="shared_end">{w["shared_end"]}</button></div>
<div id="passing" class="bar" hidden><span data-w="passing">{w["passing"]}</span>
<a class="chip" href="/" target="_blank" rel="noopener" data-w="own_window">{w["own_window"]}</a></div>
<p id="state" class="state" role="status"></p>
<div id="scroll" class="scroll" tabindex="-1">
<button type="button" class="chip" id="earlier" hidden data-w="earlier">{w["earlier"]}</button>
<div id="lines" class="lines" role="log" aria-live="polite" aria-relevant="additions" data-label="chat"></div>
<p id="answering" class="answering" hidden><span class="dots" aria-hidden="true"></span>
<span data-w="answering">{w["answering"]}</span></p>
</div>
<button type="button" class="chip jump" id="jump" hidden data-w="jump">{w["jump"]}</button>
<p id="notice" class="notice" role="status"></p>
<form id="write" class="write">
<input type="file" id="file" hidden>
<button type="button" class="send attach" id="attach" hidden data-label="attach" aria-label="{w["attach"]}">
<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M8 12 L14 6 A3 3 0 0 1 19 11 L11 19 A5 5 0 0 1 4 12 L11 5"/></svg></button>
<textarea id="text" rows="1" maxlength="4000" autocomplete="off" enterkeyhint="send" dir="auto"
 data-label="write" data-hint="write" aria-label="{w["write"]}" placeholder="{w["write"]}"></textarea>
<button type="submit" class="send" data-label="send" aria-label="{w["send"]}">
<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 12 L20 4 L16 20 L11 14 Z M11 14 L20 4"/></svg></button>
</form>
</main>"""


def listed(reader: Reader, jobs: Sequence[Job]) -> str:
    rows = "".join(
        f'<li><a class="job" href="{reader.link(f"/p/{number}")}"><strong>{escape(title)}</strong>{_lines(text)}</a></li>'
        for number, title, text in jobs
    )
    return f'<ul class="jobs">{rows}</ul>' if rows else f'<p class="note">{escape(reader.w["no_jobs"])}</p>'


def jobs(reader: Reader, total: int, shown: Sequence[Job], offset: int, limit: int) -> Page:
    w = reader.w
    links = []
    if offset + len(shown) < total:
        links.append((f"/jobs?from={offset + limit}", w["more_jobs"]))
    links += [("/jobs", w["first_page"])] if offset else []
    links.append(("/", w["start"]))
    buttons = "".join(f'<a class="button" href="{reader.link(path)}">{escape(label)}</a>' for path, label in links)
    head = _open(reader, total)
    body = f'<h1>{escape(head)}</h1>{listed(reader, shown)}<nav class="pair">{buttons}</nav>'
    return Page(_article(reader, body), head, path=f"/jobs?from={offset}" if offset else "/jobs")


def posting(reader: Reader, job: JobPage) -> Page:
    """One posting, with the ways to go on: here and in each messenger. A closed one says so, also to search engines."""
    w, way = reader.w, Way(posting=job.id, language=reader.code)
    ways = [] if job.closed else [(f"{link('/', way)}&lang={reader.code}", w["in_chat"], " main")]
    ways += [] if job.closed else [(link(address, way), label, "") for label, address in _messengers(reader)]
    ways.append((f"/jobs?lang={reader.code}", w["all_jobs"], ""))
    buttons = "".join(
        f'<a class="button{main}" href="{escape(address)}" rel="noopener">{escape(label)}</a>'
        for address, label, main in ways
    )
    body = f"""<h1>{escape(job.title)}</h1><div class="text">{_lines(job.text)}</div>
<nav class="pair">{buttons}</nav>"""
    first = " · ".join(job.text.split("\n")[:3])
    status = 410 if job.closed else 200
    return Page(
        _article(reader, body), job.title, first, f"/p/{job.id}", status, data=job.data, listed=job.data is not None
    )


def _messengers(reader: Reader) -> list[tuple[str, str]]:
    """What stands on the button of each messenger, and its address."""
    return [
        (reader.w["open_in"].format(messenger=name), address)
        for name, address in reader.site.messengers
        if address.startswith(("https://", "http://"))
    ]


def privacy(reader: Reader, text: str) -> Page:
    w = reader.w
    body = f'<h1>{escape(w["privacy"])}</h1><div class="text">{_lines(text)}</div>'
    return Page(_article(reader, body), w["privacy"], path="/privacy")


def missing(reader: Reader) -> Page:
    w = reader.w
    body = (
        f'<h1>{escape(w["not_found"])}</h1><a class="button" href="{reader.link("/jobs")}">{escape(w["all_jobs"])}</a>'
    )
    return Page(_article(reader, body), w["not_found"], status=404, listed=False)


def footer(reader: Reader, *, other: bool = False) -> str:
    w = reader.w
    links = [f'<a href="{reader.link("/privacy")}">{escape(w["privacy"])}</a>']
    if reader.site.phone:
        words_ = reader.t.t("Help by phone: {phone}", phone=reader.t.isolate(reader.site.phone))
        links.append(f'<a href="tel:{escape(reader.site.phone)}">{escape(words_)}</a>')
    if other:
        links.append(f'<a href="{reader.link("/?person=2")}" class="narrow">{escape(w["other"])}</a>')
    return f"<footer><p>{escape(w['never'])}</p><p class='links'>{''.join(links)}</p></footer>"


def _article(reader: Reader, body: str) -> str:
    return f'<main id="main" class="article" tabindex="-1">{body}{footer(reader)}</main>'


def _open(reader: Reader, total: int) -> str:
    return reader.t.n("{n} job you can apply for now", "{n} jobs you can apply for now", total)


def _lines(text: str) -> str:
    """Each line on its own, an empty one as a small gap; a fact between dots wraps as a whole."""
    return "".join(
        f"<span>{_facts(line)}</span>" if line.strip() else '<span class="gap"></span>' for line in text.split("\n")
    )


def _facts(line: str) -> str:
    parts = [escape(part) for part in line.strip().split(" · ")]
    if len(parts) == 1:
        return parts[0]
    *before, last = parts
    return " ".join([*(f'<bdi class="part">{part}&nbsp;·</bdi>' for part in before), f'<bdi class="part">{last}</bdi>'])
