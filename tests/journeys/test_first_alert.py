"""The main story: subscribe in chat, see today's jobs at once, and hear of the next one, on a platform that can do least."""

import pytest

from handlers.chat.events import Pinned, Said, Tapped, Unreadable
from handlers.chat.presses import Press

from .world import World

ROW = "작은도서관 책 정리,별빛도서관,전남광주통합특별시 광산구 월곡2동,시급 12000원,월~금 14:00~17:00,2026-12-24,외국인 지원 가능"


async def test_a_russian_speaker_of_wolgok_hears_of_a_new_job(either_world: World) -> None:
    world = either_world
    anna = world.person("anna", language="ru")
    await anna.says("/start")
    assert anna.sees("Здравствуйте")
    await anna.taps("Принимаю")
    await anna.says("Вольгок")
    assert anna.sees("Вольгок")
    assert anna.sees("1. ")
    assert anna.sees("Готово")
    await world.sheet("library", ROW)
    card = await anna.is_pushed("별빛도서관")
    assert "Новая работа" in card.lead
    assert "12 000 вон в час (시급 12,000원)" in card.plain.replace("\N{NO-BREAK SPACE}", " ")
    assert len(card.plain.split("\n")) <= 10


VIETNAMESE = {
    "hello": "Xin chào",
    "agree": "Đồng ý",
    "done": "Xong rồi",
    "lead": "Việc mới · khu vực bạn ở",
    "pay": "12.000 won mỗi giờ (시급 12,000원)",
    "last day": "Hạn nộp: T5, 24 tháng 12",
    "stop": "dung",
    "stopped": "Bạn sẽ không nhận thông báo nữa",
}
KHMER = {
    "hello": "ជម្រាបសួរ",
    "agree": "យល់ព្រម",
    "done": "រួចរាល់ហើយ",
    "lead": "ការងារថ្មី · ក្នុងតំបន់របស់អ្នក",
    "pay": "មួយម៉ោង 12,000 វ៉ុន (시급 12,000원)",
    "last day": "ដាក់ពាក្យត្រឹមថ្ងៃព្រហស្បតិ៍ ទី24 ខែធ្នូ",
    "stop": "ឈ\u200bប់",
    "stopped": "អ្នកនឹងមិនទទួលដំណឹងទៀតទេ",
}


@pytest.mark.parametrize(("language", "said"), [("vi-VN", VIETNAMESE), ("km-KH", KHMER)])
async def test_vietnamese_and_khmer_speakers_hear_of_a_new_job_and_stop(
    world: World, language: str, said: dict[str, str]
) -> None:
    linh = world.person("linh", language=language)
    await linh.says("/start")
    assert linh.sees(said["hello"]), "a phone in this language is believed at once"
    await linh.taps(said["agree"])
    await linh.says("wolgok")
    assert linh.sees("Wolgok-dong (월곡동)")
    assert linh.sees(said["done"])
    await world.sheet("library", ROW)
    card = await linh.is_pushed("별빛도서관")
    assert card.lead == said["lead"]
    assert said["pay"] in card.plain
    assert said["last day"] in card.plain
    assert "Wolgok 2-dong (월곡2동)" in card.plain
    assert len(card.plain.split("\n")) <= 10
    await linh.says(said["stop"])
    assert linh.sees(said["stopped"])


async def test_korean_takes_one_tap_and_one_word(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await minsu.says("/start")
    minsu.acts = 0
    await minsu.taps("동의하고 시작")
    await minsu.says("월곡동")
    assert minsu.acts == 2
    assert minsu.sees("지금 지원할 수 있는 일자리")
    assert minsu.sees("다 됐어요")


async def test_english_is_asked_first_and_takes_two_taps_and_one_word(world: World) -> None:
    sam = world.person("sam", language="en")
    await sam.says("/start")
    assert sam.sees("언어를 고르세요")
    await sam.taps("English")
    await sam.taps("I agree, start")
    await sam.says("wolgok")
    assert sam.sees("Done.")


async def test_a_typed_number_and_a_typed_label_are_a_tap(world: World) -> None:
    for agree in ("1", "1번", "동의하고 시작", "네"):
        person = world.person(f"number {agree}", language="ko")
        await person.says("/start")
        await person.says(agree)
        assert person.sees("어느 동네에 사세요?"), agree


async def test_who_disagrees_reads_and_is_forgotten_after_a_day(world: World) -> None:
    guest = world.person("guest", language="ko")
    await guest.says("/start")
    await guest.taps("동의 안 함")
    assert guest.sees("아무것도 저장하지 않아요")
    await guest.taps("볼게요")
    assert guest.sees("지금 지원할 수 있는 일자리")
    world.clock.forward(hours=25)
    await world.tidy()
    assert await world.count("residents") == 0
    assert await world.count("chats") == 0
    assert await world.count("dialogs") == 0


async def test_stop_wins_against_an_alert_that_waits(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await world.subscribe(minsu)
    world.clock.forward(hours=10)  # 22:00 in Korea: alerts wait for the morning
    await world.sheet("library", ROW)
    await world.until("alerts", "state = 'waiting'", 1)
    await minsu.says("그만")
    assert minsu.sees("이제 알림을 보내지 않아요")
    world.clock.forward(hours=11)
    await world.until("alerts", "state = 'waiting'", 0)
    assert not world.narrow.pushed


async def test_a_night_defers_and_drops_nothing(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await world.subscribe(minsu)
    world.clock.forward(hours=10)
    await world.sheet("library", ROW)
    await world.until("alerts", "state = 'waiting'", 1)
    assert not world.narrow.pushed
    world.clock.forward(hours=11)  # 09:00
    await minsu.is_pushed("별빛도서관")


async def test_bad_input_gets_a_clear_answer_and_changes_nothing(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await minsu.says("/start")
    await minsu.taps("동의하고 시작")
    for nonsense in ("ㅁ" * 10_000, "😀" * 300, "/nothing", "../../etc/passwd", "x"):
        await minsu.says(nonsense)
        assert minsu.last, nonsense[:20]
    await minsu.sends(Unreadable("photo"))
    assert minsu.sees("글로 써 주세요")
    await minsu.sends(Pinned(0.0, 0.0))
    assert minsu.sees("한국 땅이 아닌 곳")
    for forged in ("~zz.9", "ap.1", "xx.1", "ap", "", "ap.zzzzzzzzzzzzzzzzzzzz"):
        await minsu.sends(Tapped(forged))
        assert minsu.last, forged
    await minsu.says("월곡동")
    assert minsu.sees("다 됐어요")


async def test_an_update_delivered_twice_is_worked_on_once(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await world.subscribe(minsu)
    await minsu.says("청소")
    heard = len(minsu.heard)
    await minsu.sends(Said("청소"), update="same")
    await minsu.sends(Said("청소"), update="same")
    assert len(minsu.heard) > heard
    assert not minsu.last


async def test_words_outside_a_flow_search_in_every_language(world: World) -> None:
    found = (
        ("ko", "청소"),
        ("en", "kitchen"),
        ("ru", "уборщица"),
        ("zh_Hans", "清潔工"),
        ("uz", "farrosh"),
        ("uz", "ошхона"),
        ("vi", "dọn vệ sinh"),
        ("vi", "don dep"),
        ("km", "សម្អាត"),
        ("km", "បោស\u200bសម្អាត"),
    )
    for language, word in found:
        person = world.person(f"search {language} {word}", language=language)
        await world.subscribe(person)
        await person.says(word)
        assert person.sees("1. "), word


async def test_erasing_leaves_nothing_of_a_person(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await world.subscribe(minsu)
    await minsu.says("/mydata")
    assert minsu.sees("월곡동")
    await minsu.taps("모두 지우기")
    await minsu.taps("네, 지울게요")
    assert minsu.sees("모두 지웠어요")
    for table in ("residents", "chats", "wishes", "wish_areas", "consents", "dialogs", "marks", "alerts", "deliveries"):
        assert await world.count(table) == 0, table


async def test_every_posting_says_how_to_apply(world: World) -> None:
    person = world.person("sam", language="en")
    await world.subscribe(person)
    for posting in await world.postings():
        await person.sends(Tapped(Press("de", (posting,)).pack()))
        assert "Apply" in person.labels
        await person.taps("Apply")
        assert person.sees("You apply to")
        assert "I applied" in person.labels
