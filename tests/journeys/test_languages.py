"""Residents who read Chinese or Uzbek: their own letters in, their own words out, from the first word to the last."""

from handlers.chat.events import Tapped
from handlers.chat.words import plain
from locales import Catalogs

from .test_first_alert import ROW
from .world import World

CATALOGS = Catalogs.load()


async def test_a_chinese_speaker_writes_characters_only(world: World) -> None:
    li = world.person("li", language="zh-hans")
    await li.says("/start")
    assert li.sees("您好，这里是 Dongne Ilgam，Gwangsan-gu")
    await li.taps("同意并开始")
    await li.says("我住在月谷洞")
    assert li.sees("Wolgok-dong (월곡동) 和相邻地区现在有")
    assert li.sees("设置好了")
    await li.says("打扫")
    assert li.sees("清洁")
    await world.sheet("library", ROW)
    card = await li.is_pushed("별빛도서관")
    assert card.lead == "新工作 · 您住的地区"
    assert card.title == "图书馆助理"
    assert "时薪 12,000 韩元 (시급 12,000원)\n周一至周五 14:00–17:00" in card.plain
    assert "12月24日（周四）截止" in card.plain
    assert len(card.plain.split("\n")) <= 10
    await li.says("退訂")
    assert li.sees("以后不再给您发通知")


async def test_an_uzbek_speaker_writes_as_the_keyboard_allows(world: World) -> None:
    aziz = world.person("aziz", language="uz")
    await aziz.says("/start")
    assert aziz.sees("Assalomu alaykum")
    await aziz.says("ROZIMAN")
    assert aziz.sees("Qaysi mahallada")
    await aziz.says("royxatdan tanlash")
    assert aziz.sees("Mahallangizni tanlang")
    await aziz.says("orqaga")
    await aziz.says("Wolgokda yashayman")
    assert aziz.sees("Tayyor.")
    await aziz.says("тозалаш")
    assert aziz.sees("Tozalash")
    await world.sheet("library", ROW)
    card = await aziz.is_pushed("별빛도서관")
    assert card.lead == "Yangi ish · mahallangiz"
    assert card.title == "Kutubxonada yordamchi"
    assert "Soatiga 12 000 von (시급 12,000원)" in card.plain.replace("\N{NO-BREAK SPACE}", " ")
    assert "Ariza muddati: Pay, 24-dekabr" in card.plain
    assert len(card.plain.split("\n")) <= 10
    await aziz.says("toxtatish")
    assert aziz.sees("Endi sizga xabar yubormaymiz")


SAID = {
    "zh_Hans": ("中文", "Chinese", "漢語", "китайский", "简体中文"),
    "uz": ("o'zbek", "Ozbekcha", "ўзбекча", "Uzbek", "узбекский", "uz"),
    "ru": ("русский", "ruscha", "俄语"),
    "ko": ("韩语", "korean"),
    "en": ("english", "inglizcha"),
}


async def test_a_language_may_be_written_in_any_other(world: World) -> None:
    for code, every in SAID.items():
        for said in every:
            person = world.person(f"language {said}")
            await person.says("/start")
            assert person.sees("언어를 고르세요")
            await person.says(said)
            assert person.sees(CATALOGS.translator(code).t("You may say no and still look at the jobs.")), said


async def test_a_language_button_means_the_same_when_more_languages_are_released(world: World) -> None:
    person = world.person("old button", language="ko")
    await world.subscribe(person)
    for payload, code in (("la.3", "ru"), ("la.4", "zh_Hans"), ("la.5", "uz"), ("la.1", "ko")):
        await person.sends(Tapped(payload))
        assert person.sees(CATALOGS.translator(code).t("From now on we write to you in English."))
    await person.sends(Tapped("la.0"))
    assert person.sees("언어를 고르세요"), "no such language: it is asked"


async def test_every_language_goes_the_whole_way_without_a_foreign_text(world: World) -> None:
    """Start, notice, list, details, help, data and stop: nothing falls back to English, no label is doubled in an answer."""
    for code in CATALOGS.released:
        person, t = world.person(f"whole {code}", language=code), world.app.catalogs.translator(code)
        await person.says("/start")
        if code == "en":
            await person.taps("English")
        await person.says(t.t("I agree, start"))
        await person.says("월곡동")
        await person.taps("1")
        for label in ("Korean original", "Details", "Back", "Apply", "Save"):
            await person.says(t.t(label))
            assert len({plain(label) for label in person.labels}) == len(person.labels), (code, person.labels)
        for command in ("/help", "/mydata", "/saved", "/jobs", "/area", "/cancel", "/language", "/stop"):
            await person.says(command)
        assert t.missing == set(), code
