"""axe-core's rules over a page and its frames; the page's own security policy stays as strict as it is."""

from importlib.resources import files

from playwright.async_api import Frame, Page

# Over the debugging protocol, which no page's policy concerns. Each frame is asked by itself.
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
ASK = """async () => (await axe.run(document, { iframes: false, resultTypes: ["violations"] })).violations.flatMap((found) =>
  found.nodes.map((node) => ({ rule: found.id, impact: node.impact ?? found.impact, at: node.target.flat().join(" "),
    why: node.failureSummary.replaceAll("\\n", " ") })))"""
GRAVE = ("serious", "critical")


async def findings(page: Page, moment: str) -> list[str]:
    """Prints whatever axe finds, with its selector; returns what is serious or critical."""
    grave = []
    for frame in page.frames:
        if not await _seen(frame):
            continue
        if not await frame.evaluate("'axe' in window"):
            await frame.evaluate(AXE)
        for found in await frame.evaluate(ASK):
            line = f"{moment}: {found['impact']} {found['rule']} at {found['at']}: {found['why']}"
            print(f"       axe {line}", flush=True)  # noqa: T201
            grave += [line] if found["impact"] in GRAVE else []
    return grave


async def _seen(frame: Frame) -> bool:
    if frame.parent_frame is None:
        return True
    return await (await frame.frame_element()).is_visible()
