"""Letters of every language: the face that draws them, and room for what stands far above and below the line."""

import re
from collections.abc import Awaitable, Callable

from playwright.async_api import Browser, Page, expect

from handlers.chat.messages import Button, Message

from .browser import page, picture
from .scene import Scene

KHMER = Message(
    "បណ្ណាល័យតូច · Wolgok 2-dong (월곡2동)\n\n១២.០០០ វ៉ុនក្នុងមួយម៉ោង (시간당 12,000원)\nថ្ងៃចន្ទ ពុធ សុក្រ 14:00–17:00 · ៩ ម៉ោងក្នុងមួយសប្តាហ៍\n"
    "ជនបរទេស៖ សេចក្តីជូនដំណឹងនិយាយថាបាន\nដាក់ពាក្យត្រឹម ថ្ងៃសុក្រ ទី៤ ធ្នូ 18:00 · នៅសល់ ១២ ថ្ងៃ",
    (
        (Button("ដាក់ពាក្យសុំការងារនេះឥឡូវនេះ", "ap.1", main=True), Button("រក្សាទុកសម្រាប់ពេលក្រោយ", "sv.1")),
        (Button("ព័ត៌មានលម្អិតទាំងអស់អំពីការងារ", "de.1"), Button("មិនសមនឹងខ្ញុំទេ", "no.1")),
    ),
    lead="ការងារថ្មី · សង្កាត់របស់អ្នក",
    title="ជំនួយការបណ្ណាល័យ រៀបចំសៀវភៅ និងឱ្យខ្ចី",
    language="km",
    card=True,
)
CHINESE = Message(
    "별빛작은도서관 · 月谷2洞（월곡2동）\n\n时薪 12,000 韩元（시간당 12,000원）\n周一、周三、周五 14:00–17:00 · 每周 9 小时\n"
    "外国人：公告写明可以申请\n"
    "12月4日（周五）18:00 截止 · 还剩 12 天\n直接 骨头 起门 返关",
    ((Button("申请", "ap.1", main=True), Button("保存", "sv.1")),),
    lead="新工作 · 您的社区",
    title="图书馆助理：整理与借还图书",
    language="zh_Hans",
    card=True,
)
VIETNAMESE = Message(
    "Thư viện nhỏ · Wolgok 2-dong (월곡2동)\n\n12.000 won một giờ\nThứ Hai, Tư, Sáu 14:00–17:00 · 9 giờ mỗi tuần\n"
    "Người nước ngoài: thông báo "
    "ghi là được\nNộp trước thứ Sáu, 4 tháng 12 · còn 12 ngày\nẴ Ỗ Ậ ự ợ ỵ",
    ((Button("Nộp đơn ngay", "ap.1", main=True), Button("Lưu lại để xem sau", "sv.1")),),
    lead="Việc mới · khu phố của bạn",
    title="Trợ lý thư viện: sắp xếp và cho mượn sách",
    language="vi",
    card=True,
)
UZBEK = Message(
    "Kichik kutubxona · Wolgok 2-dong (월곡2동)\n\nSoatiga 12 000 von\nDu, Chor, Ju 14:00–17:00 · haftasiga 9 soat\n"
    "Chet elliklar: eʼlonda mumkin deyilgan\nArizani 4-dekabr, jumagacha bering · oʻn ikki kun qoldi",
    ((Button("Ariza berish", "ap.1", main=True), Button("Saqlab qoʻyish", "sv.1")),),
    lead="Yangi ish · mahallangiz",
    title="Kutubxona yordamchisi",
    language="uz",
    card=True,
)
FACES = {
    "km": "Khmer",
    "zh_Hans": " SC$",
    "vi": "^(?!.*CJK)",
    "uz": "^(?!.*CJK)",
}  # in the name of the face that draws it
CUT = """() => [...document.querySelectorAll(".ours:last-child :is(.lead, .title, .text span, .button)")].filter((e) =>
  e.scrollHeight > e.clientHeight + 1 && e.clientHeight || e.scrollWidth > e.clientWidth + 1 && e.clientWidth)
  .map((e) => [e.className, e.scrollHeight, e.clientHeight, e.scrollWidth, e.clientWidth, e.textContent])"""
LEADING = """(e) => parseFloat(getComputedStyle(e).lineHeight) / parseFloat(getComputedStyle(e).fontSize)"""


async def letters(browser: Browser, place: Scene) -> None:
    """Khmer has room above and below, Chinese its Simplified forms, Vietnamese and Uzbek one face; long labels wrap."""
    for size in ("100", "160"):
        async with page(browser, "en", size) as at:
            await at.goto(place.address)
            await at.click("[data-language=en]")
            await expect(at.locator(".ours")).to_have_count(1)
            address = place.talk.heard[-1].address
            for n, message in enumerate((KHMER, CHINESE, VIETNAMESE, UZBEK), 2):
                await place.chat.send([address], message, f"{size} {message.language}")
                await expect(at.locator(".ours")).to_have_count(n)
                await picture(at, f"letters_{message.language}_{size}")
                cut = await at.evaluate(CUT)
                assert not cut, cut
                face = await _face(at, ".ours:last-child .title")
                assert re.search(FACES[message.language], face), (message.language, face)
                for button in await at.locator(".ours >> nth=-1 >> .button").all():
                    box = await button.bounding_box()
                    assert box is not None
                    assert box["height"] >= 44
            for part in (".title", ".text", ".button"):
                assert await at.locator(f".ours[lang=km] {part}").first.evaluate(LEADING) >= 1.55, part


async def _face(at: Page, selector: str) -> str:
    """The face that draws most of an element's letters."""
    session = await at.context.new_cdp_session(at)
    await session.send("DOM.enable")
    await session.send("CSS.enable")
    root = (await session.send("DOM.getDocument"))["root"]["nodeId"]
    node = (await session.send("DOM.querySelector", {"nodeId": root, "selector": selector}))["nodeId"]
    fonts = (await session.send("CSS.getPlatformFontsForNode", {"nodeId": node}))["fonts"]
    await session.detach()
    return str(max(fonts, key=lambda font: float(font["glyphCount"]))["familyName"])


async def short_head(browser: Browser, place: Scene) -> None:
    """On a phone the head says who runs it in two lines at most, in every language."""
    for code in place.chat.catalogs.released:
        for path in ("/", "/embed"):
            async with page(browser, code) as at:
                await at.goto(f"{place.address}{path}?lang={code}")
                await at.click(f"[data-language={code}]")
                await expect(at.locator(".ours")).to_have_count(1)
                await picture(at, f"head_{code}{path.replace('/', '_')}")
                lines = "(e) => e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).lineHeight)"
                assert await at.locator(".brand small").evaluate(lines) < 2.5, (code, path)


CHECKS: tuple[Callable[[Browser, Scene], Awaitable[None]], ...] = (letters, short_head)
