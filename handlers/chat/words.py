"""Words understood outside buttons: numbers, yes, stop, help, language, phone, in every released language."""

import re
import unicodedata

# Typed as whole messages only, so that "stop" inside a sentence stops nothing.
STOP = {
    *("그만", "그만받기", "중지", "알림끄기", "해지", "수신거부", "stop", "unsubscribe", "quit"),
    *(
        "стоп",
        "хватит",
        "отписаться",
        "toʻxtatish",
        "to'xtatish",
        "toxtatish",
        "停止",
        "退订",
    ),
    *("бас", "тоқта"),
    *("dừng", "dừng lại", "dừng nhận", "ngừng", "ngưng", "ngừng nhận", "ngừng nhận thông báo", "tắt thông báo"),
    *("hủy đăng ký", "huỷ đăng ký", "dừng thông báo", "ngừng thông báo", "không nhận nữa", "đừng gửi nữa"),
    *("ឈប់", "បញ្ឈប់", "ឈប់ទទួល", "ឈប់ទទួលដំណឹង", "បិទដំណឹង", "បិទការជូនដំណឹង", "កុំផ្ញើ", "កុំផ្ញើទៀត"),
    *("ឈប់ផ្ញើ", "ឈប់ផ្ញើសារ", "ឈប់ទទួលសារ"),
    *("停", "停止通知", "停止接收", "停止接收通知", "不再接收通知", "取消订阅", "取消訂閱", "退訂", "别发了", "別發了"),
    *("别再发了", "別再發了", "不要再发了", "不要再發了", "关闭通知", "關閉通知"),
    *("yubormang", "xabar yubormang", "юборманг"),
    *("toʻxtat", "toʻxtating", "xabarlarni toʻxtatish", "тўхтатиш", "тўхтат", "тўхтатинг", "тухтатиш", "тухтат"),
}
HELP = {
    *(
        "도움말",
        "도움",
        "도와줘",
        "도와주세요",
        "help",
        "помощь",
        "справка",
        "yordam",
        "帮助",
    ),
    *("trợ giúp", "giúp", "giúp tôi", "giúp với", "giúp đỡ", "hỗ trợ", "hướng dẫn"),
    *("ជំនួយ", "ជួយ", "ជួយផង", "ជួយខ្ញុំ", "សូមជួយ"),
    "?",
    *("帮忙", "幫助", "幫忙", "帮帮我", "幫幫我", "求助", "使用说明", "yordam bering", "ёрдам", "ёрдам беринг"),
}
LANGUAGE = {
    *("언어", "말 바꾸기", "language", "lang", "язык", "til", "语言", "language / 언어"),
    *("ngôn ngữ", "đổi ngôn ngữ", "tiếng", "đổi tiếng", "ភាសា", "ប្ដូរភាសា"),
    *("語言", "更换语言", "更換語言", "换语言", "換語言", "tilni almashtirish", "тил", "тилни алмаштириш"),
}
PHONE = {
    *(
        "전화",
        "전화번호",
        "phone",
        "call",
        "telephone",
        "телефон",
        "позвонить",
        "telefon",
        "电话",
    ),
    *("điện thoại", "số điện thoại", "gọi", "gọi điện", "ទូរស័ព្ទ", "ទូរសព្ទ", "លេខទូរស័ព្ទ", "លេខទូរសព្ទ", "តេ"),
    *("電話", "电话号码", "電話號碼", "打电话", "打電話", "帮助电话", "人工"),
    *("telefon raqami", "qoʻngʻiroq", "телефон рақами", "қўнғироқ"),
}
YES = {
    *(
        "네",
        "예",
        "응",
        "ㅇㅇ",
        "좋아요",
        "yes",
        "y",
        "ok",
        "okay",
        "да",
        "ага",
        "ок",
        "ha",
        "是",
        "好",
    ),
    *("vâng", "dạ", "vâng ạ", "dạ vâng", "có", "được", "đúng", "đúng rồi", "phải", "đồng ý", "tôi đồng ý"),
    *("បាទ", "ចាស", "ចា", "បាទ/ចាស", "បាន", "យល់ព្រម", "អូខេ"),
    *("是的", "好的", "同意", "对", "對", "可以", "行", "嗯"),
    *("xoʻp", "mayli", "roziman", "albatta", "ҳа", "хўп", "майли"),
}
BACK = {
    *("뒤로", "back", "назад", "orqaga", "返回"),
    *("quay lại", "trở lại", "ថយក្រោយ", "ត្រឡប់", "ត្រឡប់ក្រោយ"),
    *("上一步", "回去", "orqaga qaytish", "ortga", "орқага", "ортга"),
}
JOBS = {
    *("일자리", "일", "jobs", "job", "work", "работа", "вакансии", "ish", "工作"),
    *("việc", "việc làm", "tìm việc", "xem việc", "xin việc", "việc hôm nay"),
    *("ការងារ", "រកការងារ", "មើលការងារ", "ការងារថ្ងៃនេះ"),
    *("招工", "找工作", "今天的工作", "附近的工作", "岗位", "活儿"),
    *("ishlar", "ish bormi", "ish kerak", "иш", "ишлар", "иш борми"),
}
MOVE = {
    *(
        "옮기기",
        "채팅 옮기기",
        "알림 옮기기",
        "다른 채팅",
        "다른 채팅으로",
        "핸드폰 바꿨어요",
        "폰 바꿈",
        "코드",
        "코드 입력",
    ),
    *("move", "move chat", "another chat", "new phone", "code", "i have a code"),
    *("перенести", "перенос", "другой чат", "в другой чат", "новый телефон", "код", "у меня есть код"),
    *("chuyển", "chuyển sang chat khác", "chat khác", "đổi điện thoại", "điện thoại mới", "tôi có mã"),
    *("转移", "轉移", "换聊天", "其他聊天", "换手机", "換手機", "新手机", "代码", "验证码", "驗證碼"),
    *("koʻchirish", "boshqa chat", "boshqa chatga", "yangi telefon", "kod", "kodim bor", "кўчириш", "бошқа чат"),
    *("ផ្លាស់ទី", "ផ្លាស់ប្ដូរឆាត", "ឆាតផ្សេង", "ទូរសព្ទថ្មី", "កូដ", "ខ្ញុំមានកូដ", "លេខកូដ"),
}
PARENT = {
    *("부모님", "부모님 알림", "엄마", "아빠", "어머니", "아버지", "부모님 도와드리기"),
    *("parent", "parents", "for my parent", "mother", "father", "mum", "mom", "dad"),
    *("родители", "для родителей", "мама", "папа", "для мамы", "для папы"),
    *("cha mẹ", "bố mẹ", "ba mẹ", "cho bố mẹ", "cho cha mẹ"),
    *("父母", "爸妈", "爸媽", "妈妈", "媽媽", "爸爸", "给父母"),
    *("ota-ona", "ota-onam uchun", "ota onam", "onam", "otam", "ота-она", "онам", "отам"),
    *("ឪពុកម្ដាយ", "ម្ដាយ", "ឪពុក", "ម៉ាក់", "ប៉ា", "សម្រាប់ឪពុកម្ដាយ"),
}

DESK = {
    *("오늘", "오늘 할 일", "오늘할일", "할 일", "today", "today's work"),
    *("сегодня", "bugun", "今天", "hôm nay", "ថ្ងៃនេះ"),
}
OFFICER = {
    *("담당자", "담당자 화면", "담당", "staff", "desk"),
    *("сотрудник", "xodim", "工作人员", "nhân viên", "បុគ្គលិក"),
}

MEANINGS = {
    **dict.fromkeys(STOP, "stop"),
    **dict.fromkeys(HELP, "help"),
    **dict.fromkeys(LANGUAGE, "language"),
    **dict.fromkeys(PHONE, "phone"),
    **dict.fromkeys(JOBS, "jobs"),
    **dict.fromkeys(MOVE, "move"),
    **dict.fromkeys(PARENT, "parent"),
    **dict.fromkeys(DESK, "day"),
    **dict.fromkeys(OFFICER, "officer"),
}

APOSTROPHES = re.compile("['ʻʼ‘’`´′＇]")  # however oʻ is typed


def visible(text: str) -> str:
    """Without the marks that show nothing and only part words: the space key of Khmer keyboards writes U+200B. Nor with NUL
    and halves of characters, which no database keeps.
    """
    return re.sub("[\0\u00ad\u200b\u2060\ufeff\ud800-\udfff]", "", text)


def plain(text: str) -> str:
    """Case, width, spaces, closing punctuation, apostrophes and the mark of what is chosen taken away: toʻxtatish is often
    typed toxtatish. Two Khmer letters that look alike below another (coeng da, coeng ta) are one: they are typed for each other.
    """
    text = unicodedata.normalize("NFKC", APOSTROPHES.sub("", visible(text))).casefold().replace("្ដ", "្ត")
    return re.sub(r"\s+", " ", text).strip(' .!。~…“”"។៖✓')


def bare(text: str) -> str:
    """Without the marks on Latin and Cyrillic letters, as many type: "viec lam" for "việc làm", "е" for "ё"."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(c for c in apart if not "\u0300" <= c <= "\u036f"))


def _spellings(word: str) -> tuple[str, str]:
    """A word of the tables as it may be typed. What is typed is never bared itself: "đúng" (right) is not "dừng" (stop)."""
    return plain(word), bare(plain(word))


_FOLDED = {spelling: meaning for word, meaning in MEANINGS.items() for spelling in _spellings(word)}
_YES = {spelling for word in YES for spelling in _spellings(word)}
_BACK = {spelling for word in BACK for spelling in _spellings(word)}


def meaning(text: str) -> str | None:
    """stop | help | language | phone | jobs | move | parent | day | officer, or None for other words."""
    return _FOLDED.get(plain(text))


def stops(text: str) -> bool:
    """Whether a message ends the alerts: it is acted on before anything else."""
    return meaning(text) == "stop" or plain(text).partition("@")[0] == "/stop"


def is_yes(text: str) -> bool:
    return plain(text) in _YES


def is_back(text: str) -> bool:
    return plain(text) in _BACK


def number(text: str) -> int | None:
    """A typed choice: "1", "1.", "1번", "№ 1", full-width digits."""
    match = re.fullmatch(r"(?:no|№|#)?\s*(\d{1,3})\s*(?:번|번째)?", plain(text).rstrip(")."))
    return int(match.group(1)) if match else None
