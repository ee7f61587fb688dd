"""What residents do after the first alert: save, leave out, pause to once a day, change language and place, come back."""

from handlers.chat.events import Blocked, CameBack, Tapped
from handlers.chat.presses import Press
from tests.journeys.test_first_alert import ROW

from .world import World

FAR = "서류 정리,먼데도서관,전남광주통합특별시 광산구 삼도동,시급 12000원,월~금 14:00~17:00,2026-12-24,"


async def test_saving_and_seeing_what_was_saved(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await world.subscribe(minsu)
    await minsu.says("1")
    await minsu.taps("저장")
    assert minsu.sees("저장했어요")
    await minsu.says("/saved")
    assert minsu.sees("저장한 일자리 1개")
    await minsu.says("1")
    await minsu.taps("저장")
    await minsu.taps("저장 안 하기")
    await minsu.says("/saved")
    assert minsu.sees("아직 저장한 일자리가 없어요")


async def test_not_for_me_hides_it_and_can_leave_out_the_kind(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await world.subscribe(minsu)
    await world.sheet("library", ROW)
    await minsu.is_pushed("별빛도서관")
    await minsu.taps("안 맞아요")
    await minsu.taps("일의 종류")
    assert minsu.sees("도서관 보조")
    await minsu.taps("저장")
    assert minsu.sees("도서관 보조")
    await world.sheet("again", ROW.replace("별빛", "달빛"))
    await world.until("alerts", "1 = 1", 1)
    assert len(world.narrow.pushed["minsu"]) == 1
    await minsu.taps("되돌리기")
    await world.sheet("third", ROW.replace("별빛", "햇빛"))
    await minsu.is_pushed("햇빛도서관")


async def test_what_lies_too_far_is_not_sent(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await world.subscribe(minsu)
    await world.sheet("far", FAR, ROW)
    await minsu.is_pushed("별빛도서관")
    assert not any("먼데도서관" in message.plain for message in world.narrow.pushed["minsu"])


async def test_once_a_day_brings_one_message_in_the_morning(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await world.subscribe(minsu)
    await minsu.taps("하루 한 번만 받기")
    assert minsu.sees("하루 한 번, 09:00")
    await world.sheet("two", ROW, ROW.replace("별빛", "달빛"))
    await world.until("alerts", "state = 'waiting'", 2)
    assert not world.narrow.pushed
    world.clock.forward(hours=21, minutes=30)
    digest = await minsu.is_pushed("가까운 새 일자리 2개")
    assert "2. " in digest.plain


async def test_a_burst_becomes_one_message(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await world.subscribe(minsu)
    await world.sheet("many", *(ROW.replace("별빛", f"{i}번") for i in range(12)))
    await minsu.is_pushed("가까운 새 일자리 12개")
    assert len(world.narrow.pushed["minsu"]) == 1


async def test_the_language_of_now_is_the_alerts(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await world.subscribe(minsu)
    await minsu.says("/language")
    await minsu.taps("Русский")
    assert minsu.sees("по-русски")
    await world.sheet("library", ROW)
    await minsu.is_pushed("Новая работа")


async def test_language_works_in_the_middle_of_a_question(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await minsu.says("/start")
    await minsu.taps("동의하고 시작")
    await minsu.says("/language")
    await minsu.taps("English")
    assert minsu.sees("Which neighbourhood do you live in?")
    await minsu.says("wolgok")
    assert minsu.sees("Done.")


async def test_back_and_cancel_work_in_every_step(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await minsu.says("/start")
    await minsu.taps("동의하고 시작")
    await minsu.taps("동 이름 고르기")
    assert "1" in minsu.labels  # twenty-one names do not fit ten buttons: they are numbered
    await minsu.says("뒤로")
    assert minsu.sees("어느 동네에 사세요?")
    await minsu.says("/cancel")
    assert minsu.sees("그만뒀어요")


async def test_a_neighbourhood_chosen_by_its_number(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await minsu.says("/start")
    await minsu.taps("동의하고 시작")
    await minsu.taps("동 이름 고르기")
    name = next(line for line in minsu.last[-1].text.split("\n") if line.startswith("21. ")).partition(" ")[2]
    await minsu.says("21")
    assert minsu.sees(name)
    assert minsu.sees("다 됐어요")


async def test_an_old_menu_puts_the_present_question_again(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await minsu.says("/start")
    old = minsu.last[-1].flat()[0].payload
    await minsu.taps("동의하고 시작")
    await minsu.sends(Tapped(old))
    assert minsu.sees("어느 동네에 사세요?")
    assert await world.count("consents") == 1


async def test_moving_brings_the_new_places_jobs(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await world.subscribe(minsu)
    await minsu.taps("동네 바꾸기")
    await minsu.says("삼도동")
    await world.sheet("far", FAR)
    await minsu.is_pushed("먼데도서관")


async def test_who_blocked_us_hears_nothing_until_back(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await world.subscribe(minsu)
    await minsu.sends(Blocked())
    await world.sheet("library", ROW)
    await world.until("postings", "matched_revision > 0 AND organisation = '별빛도서관'", 1)
    await world.until("alerts", "state = 'waiting'", 0)
    assert not world.narrow.pushed
    await minsu.sends(CameBack())
    await world.sheet("again", ROW.replace("별빛", "달빛"))
    await minsu.is_pushed("달빛도서관")


async def test_a_closed_posting_says_so(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await world.subscribe(minsu)
    await world.sheet("library", ROW)
    await minsu.is_pushed("별빛도서관")
    await world.sheet("library")
    await minsu.taps("지원하기")
    assert minsu.sees("이 일자리는 끝났어요")
    await minsu.sends(Tapped(Press("de", (999_999,)).pack()))
    assert minsu.sees("이 일자리는 이제 없어요")


async def test_staff_come_in_by_a_one_time_link(world: World) -> None:
    from handlers.staff import join

    async with world.store.transaction() as tx:
        token = await join.invite_owner(tx)
    owner, other = world.person("owner", language="ko"), world.person("other", language="ko")
    await owner.says(f"/owner {token}")
    assert owner.sees("이름이 어떻게 되세요?")
    await owner.taps("건너뛰기")
    assert owner.sees("오늘 할 일")
    await other.says(f"/owner {token}")
    assert other.sees("이미 쓴 링크")
    await other.says("/today")
    assert other.sees("담당자가 쓰는 곳")
    await owner.says("/today")
    assert owner.sees("지원할 수 있는 일자리 29개")


async def test_a_typed_district_opens_its_list(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await minsu.says("/start")
    await minsu.taps("동의하고 시작")
    await minsu.says("광산구")
    assert minsu.sees("동네를 고르세요")
    assert minsu.sees("월곡1동")


async def test_who_saved_a_posting_hears_of_its_changes_and_its_end_once(world: World) -> None:
    minsu, other = world.person("minsu", language="ko"), world.person("other", language="ko")
    await world.subscribe(minsu)
    await world.subscribe(other)
    await world.sheet("library", ROW)
    await minsu.is_pushed("별빛도서관")
    await other.is_pushed("별빛도서관")
    await minsu.taps("저장")
    await world.sheet("library", ROW.replace("12000", "13000"))
    changed = await minsu.is_pushed("바뀌었어요")
    assert "돈: 시급 12,000원 → 시급 13,000원" in changed.plain
    await world.sheet("library")
    await minsu.is_pushed("끝났어요")
    await world.until("deliveries", "state = 'sent' AND kind = 'change'", 2)
    assert len(world.narrow.pushed["other"]) == 1


async def test_what_changes_in_the_night_and_back_is_not_told(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await world.subscribe(minsu)
    await world.sheet("library", ROW)
    await minsu.is_pushed("별빛도서관")
    await minsu.taps("저장")
    world.clock.forward(hours=11)
    await world.sheet("library", ROW.replace("12000", "13000"))
    await world.until("deliveries", "state = 'queued' AND kind = 'change'", 1)
    await world.sheet("library", ROW)
    await world.until("deliveries", "state = 'queued' AND kind = 'change' AND revision = 3", 1)
    world.clock.forward(hours=10)
    await world.until("deliveries", "state = 'suppressed' AND kind = 'change'", 1)
    assert not any("바뀌었어요" in message.plain for message in world.narrow.pushed["minsu"])


async def test_who_never_agreed_is_forgotten_after_a_day_whatever_they_say(world: World) -> None:
    guest = world.person("guest", language="ko")
    await guest.says("/start")
    await guest.taps("동의 안 함")
    await guest.says("그만")
    assert guest.sees("이제 알림을 보내지 않아요")
    world.clock.forward(hours=25)
    await world.tidy()
    assert await world.count("residents") == 0


async def test_nothing_is_marked_about_who_did_not_agree(world: World) -> None:
    guest = world.person("guest", language="ko")
    await guest.says("/start")
    await guest.taps("동의 안 함")
    await guest.taps("볼게요")
    await guest.says("1")
    assert guest.sees("하는 일")
    await guest.taps("뒤로")
    await guest.taps("안 맞아요")
    assert guest.sees("동의가 필요해요")
    await guest.taps("시작")
    assert await world.count("marks") == 0


async def test_refusing_after_all_takes_the_agreement_back(world: World) -> None:
    minsu = world.person("minsu", language="ko")
    await minsu.says("/start")
    await minsu.taps("동의하고 시작")
    await minsu.says("뒤로")
    await minsu.taps("동의 안 함")
    assert await world.count("consents", "withdrawn_at IS NULL") == 0
