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
        "dừng",
        "dungg",
        "ngừng",
        "toʻxtatish",
        "to'xtatish",
        "toxtatish",
        "停止",
        "退订",
    ),
    *("ឈប់", "бас", "тоқта"),
    *("停", "停止通知", "停止接收", "停止接收通知", "不再接收通知", "取消订阅", "取消訂閱", "退訂", "别发了", "別發了"),
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
        "trợ giúp",
        "giúp",
        "yordam",
        "帮助",
        "ជំនួយ",
    ),
    "?",
    *("帮忙", "幫助", "幫忙", "帮帮我", "幫幫我", "求助", "使用说明", "yordam bering", "ёрдам", "ёрдам беринг"),
}
LANGUAGE = {
    *("언어", "말 바꾸기", "language", "lang", "язык", "ngôn ngữ", "tiếng", "til", "语言", "ភាសា", "language / 언어"),
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
        "điện thoại",
        "telefon",
        "电话",
        "ទូរស័ព្ទ",
    ),
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
        "vâng",
        "có",
        "ha",
        "是",
        "好",
        "បាទ",
        "ចាស",
    ),
    *("是的", "好的", "对", "對", "可以", "行", "嗯", "xoʻp", "mayli", "roziman", "albatta", "ҳа", "хўп", "майли"),
}
BACK = {
    *("뒤로", "back", "назад", "quay lại", "orqaga", "返回", "ត្រឡប់"),
    *("上一步", "回去", "orqaga qaytish", "ortga", "орқага", "ортга"),
}
JOBS = {
    *("일자리", "일", "jobs", "job", "work", "работа", "вакансии", "việc làm", "ish", "工作", "ការងារ"),
    *("招工", "找工作", "今天的工作", "附近的工作", "岗位", "活儿"),
    *("ishlar", "ish bormi", "ish kerak", "иш", "ишлар", "иш борми"),
}

MEANINGS = {
    **dict.fromkeys(STOP, "stop"),
    **dict.fromkeys(HELP, "help"),
    **dict.fromkeys(LANGUAGE, "language"),
    **dict.fromkeys(PHONE, "phone"),
    **dict.fromkeys(JOBS, "jobs"),
}

APOSTROPHES = re.compile("['ʻʼ‘’`´′＇]")  # however oʻ is typed


def plain(text: str) -> str:
    """Case, width, spaces, closing punctuation and apostrophes taken away: toʻxtatish is often typed toxtatish."""
    text = unicodedata.normalize("NFKC", APOSTROPHES.sub("", text)).casefold()
    return re.sub(r"\s+", " ", text).strip(' .!。~…“”"')


_FOLDED = {plain(word): meaning for word, meaning in MEANINGS.items()}
_YES = {plain(word) for word in YES}
_BACK = {plain(word) for word in BACK}


def meaning(text: str) -> str | None:
    """stop | help | language | phone | jobs, or None for other words."""
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
