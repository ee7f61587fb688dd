"""Coming by a sign: one tap to the first jobs; and by a posting's link: its card, whoever comes. Forged links do no harm."""

from dataclasses import replace

import pytest

from handlers.chat.capabilities import NARROW
from handlers.chat.events import Tapped
from handlers.chat.presses import Press
from handlers.ways import Way, sign_code
from storage import signs
from tests.journeys.test_first_alert import ROW

from .world import World

WOLGOK = 1233012800
LIBRARY = "별빛작은도서관"
SIGN = sign_code(LIBRARY, WOLGOK)


async def hang(world: World) -> None:
    async with world.store.transaction() as tx:
        await signs.keep(tx, SIGN, LIBRARY, WOLGOK)


async def test_one_tap_from_a_sign_to_the_first_jobs(either_world: World) -> None:
    world = either_world
    await hang(world)
    anna = world.person("anna", language="en")
    await anna.says(f"/start {Way(WOLGOK, 'ru', SIGN).pack()}")
    for words in (LIBRARY, "Вольгок", "Русский", "14 лет"):
        assert anna.sees(words), words
    acts = anna.acts
    await anna.taps("Принимаю")
    assert anna.acts == acts + 1
    assert anna.sees("Вольгок")
    assert anna.sees("Готово")
    assert await world.count("wishes", f"sign = '{SIGN}'") == 1
    assert await world.count("consents") == 1
    await world.sheet("library", ROW)
    await anna.is_pushed("Новая работа")
    await anna.says("/mydata")
    assert anna.sees(LIBRARY)


@pytest.mark.parametrize(
    ("payload", "shown"),
    [
        ("a1233012800", "월곡동"),  # an area alone
        ("a1233060000-ko-forged", "월곡1동"),  # a sign that was not made here
        ("a1233012800-xx-<script>", "월곡동"),  # unknown parts are dropped
        ("a9999999999-ko", "언제든 “그만”"),  # no such area: the ordinary beginning
        ("a1233000000-ko", "언제든 “그만”"),  # a district is no neighbourhood
    ],
)
async def test_a_link_that_is_wrong_in_part_is_used_for_the_rest(world: World, payload: str, shown: str) -> None:
    minsu = world.person("minsu", language="ko")
    await minsu.says(f"/start {payload}")
    assert not minsu.sees("forged")
    assert not minsu.sees("script")
    await minsu.taps("동의하고 시작")
    if minsu.sees("어느 동네에 사세요?"):
        await minsu.says("월곡동")
    assert minsu.sees(shown)
    kept = await world.count("wishes", "sign IS NOT NULL")
    assert kept == (1 if "forged" in payload else 0)


async def test_another_neighbourhood_and_language_before_agreeing(world: World) -> None:
    await hang(world)
    minsu = world.person("minsu", language="en")
    await minsu.says(f"/start {Way(WOLGOK, sign=SIGN).pack()}")
    assert minsu.sees("Choose your language")
    await minsu.taps("English")
    assert minsu.sees(f"You came by the sign at {LIBRARY}.")
    await minsu.taps("Other neighbo…")
    await minsu.says("samdo")
    assert minsu.sees("New jobs in Samdo-dong")
    assert await world.count("wishes") == 0, "nothing is kept before agreeing"
    await minsu.taps("Language / 언어")
    await minsu.taps("한국어")
    assert minsu.sees("삼도동, 옆 동네까지")
    await minsu.taps("동의 안 함")
    assert minsu.sees("아무것도 저장하지 않아요")
    assert await world.count("consents") == 0
    await minsu.taps("다시 생각할게요")
    assert minsu.sees(LIBRARY)
    await minsu.taps("동의하고 시작")
    assert minsu.sees("다 됐어요")
    assert await world.count("wishes", f"sign = '{SIGN}'") == 1


async def test_who_has_alerts_keeps_language_and_neighbourhood(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await world.subscribe(minsu)
    await minsu.says(f"/start {Way(1233060000, 'ru', 'moon').pack()}")
    assert minsu.sees("월곡동")
    assert await world.count("wishes", "sign IS NOT NULL") == 0


async def test_a_link_to_a_posting_shows_its_card_to_who_has_not_agreed(world: World) -> None:
    await world.sheet("library", ROW)
    posting = (await world.postings())[-1]
    guest = world.person("guest", language="en")
    await guest.says(f"/start {Way(posting=posting, language='ru').pack()}")
    assert guest.sees("별빛도서관")
    assert "Откликнуться" in guest.labels
    await guest.taps("Уведомления")
    assert guest.sees("Здравствуйте")
    assert await world.count("marks") == 0
    await guest.says("/start pzzzzz")
    assert guest.sees("нет")


async def test_an_alert_remembers_that_it_was_opened_and_applied_by(either_world: World) -> None:
    world = either_world
    minsu, other = world.person("minsu", language="ko"), world.person("other", language="ko")
    await world.subscribe(minsu)
    await world.subscribe(other)
    await world.sheet("library", ROW)
    await minsu.is_pushed("별빛도서관")
    await other.is_pushed("별빛도서관")
    await world.until("deliveries", "state = 'sent'", 2)
    await minsu.taps("지원하기")
    assert await world.count("deliveries", "opened_at IS NOT NULL") == 1
    assert await world.count("deliveries", "applied_at IS NOT NULL") == 0
    await minsu.taps("지원했어요")
    assert await world.count("deliveries", "applied_at IS NOT NULL AND opened_at IS NOT NULL") == 1
    await other.taps("자세히")
    assert await world.count("deliveries", "opened_at IS NOT NULL") == 2


async def test_a_posting_is_sent_to_a_friend_where_there_is_a_public_page(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await world.subscribe(minsu)
    posting = (await world.postings())[0]
    show = Tapped(Press("sh", (posting,)).pack())
    await minsu.sends(show)
    assert "친구에게 보내기" not in minsu.labels
    world.app.deployment.web = "https://jobs.example"
    await minsu.sends(show)
    await minsu.taps("친구에게 보내기")
    assert minsu.sees(f"https://jobs.example/p/{posting}")
    world.narrow.capabilities = replace(NARROW, share="https://share.example/?url={url}&text={text}")
    await minsu.sends(show)
    [button] = [b for message in minsu.last for b in message.flat() if b.label == "친구에게 보내기"]
    assert button.url.startswith(f"https://share.example/?url=https%3A%2F%2Fjobs.example%2Fp%2F{posting}&text=%")
    await minsu.sends(Tapped(Press("sf", (999_999,)).pack()))
    assert minsu.sees("이제 없어요")
