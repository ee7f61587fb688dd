"""The files of a posting that is up: a QR code that leads to it, and the formal notice as a document, in Korean."""

from storage import facilities
from storage.staff_tables import Writing
from storage.tables import Posting

from .. import cards
from ..chat.messages import File
from ..chat.turn import Turn

# The parts of a formal notice of a public office, in its order.
ROWS = (
    ("모집 인원", "headcount"),
    ("하는 일", "duties"),
    ("근무지", "workplace"),
    ("근무 기간", "period"),
    ("근무 시간", "hours"),
    ("보수", "pay"),
    ("지원 자격", "target"),
    ("외국인 지원", "foreigners"),
    ("접수 기한", "closing"),
    ("접수 방법", "apply"),
    ("문의", "phone"),
)
HONEST = "지원자에게 돈이나 통장, 주민등록번호를 요구하지 않습니다."


async def files(turn: Turn, posting: Posting, writing: Writing) -> None:
    """Two messages with a file each; the code only where there is an address to lead to."""
    t, facility = turn.t, await facilities.get(turn.tx, writing.facility_id)
    web, name = turn.deployment.web, f"{posting.title[:40]} {posting.id}"
    url = f"{web}/p/{posting.id}" if web else ""
    if url:
        qr = File(f"{name}.png", "qr", {"url": url, "title": posting.title})
        turn.say(t.t("A code for posters and leaflets. It leads to the posting."), file=qr)
    what = {
        "title": f"{posting.title} 모집 공고",
        "organisation": posting.organisation,
        "intro": f"{posting.organisation}에서 함께 일할 분을 다음과 같이 모집합니다.",
        "rows": [[label, posting.facts[name]] for label, name in ROWS if posting.facts.get(name)],
        "note": HONEST,
        "day": f"{turn.tx.now.astimezone(cards.SEOUL):%Y. %-m. %-d.}",
        "signed": facility.name if facility else posting.organisation,
        "url": url,
    }
    turn.say(t.t("The formal notice as a document."), file=File(f"{name}.docx", "notice", what))
