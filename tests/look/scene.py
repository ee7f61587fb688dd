"""What the browser checks look at: the real web chat on a real store, with a scripted conversation in three languages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel

from bot.platforms.webchat import Content, Site, WebChat
from bot.web import Web
from handlers.chat.events import Event, Said
from handlers.chat.messages import Button, Message, Replies
from handlers.pages import JobPage
from handlers.ways import read
from locales import Catalogs
from storage.sealing import Keys
from storage.store import Store
from tests.fakes.script import Script

NAMES = {"ko": "광산구", "en": "Gwangsan-gu", "ru": "Квансан-гу"}
Rows = tuple[tuple[Button, ...], ...]


def rows(*labels: tuple[str, ...], main: bool = False) -> Rows:
    """Buttons that say their own label; the first may be the main one."""
    made = [[Button(label, f"x{i}.{j}") for j, label in enumerate(row)] for i, row in enumerate(labels)]
    if main:
        made[0][0] = Button(labels[0][0], "ap.1", main=True)
    return tuple(tuple(row) for row in made)


@dataclass(frozen=True)
class Words:
    """One language's part of the script."""

    greeting: str
    greeting_buttons: Rows
    asked: str
    asked_buttons: Rows
    found: str
    found_buttons: Rows
    card: Message
    details: str
    jobs: tuple[tuple[int, str, str], ...]


KO = Words(
    "안녕하세요. 광산구 동네일감이에요.\n집 가까이에 일자리가 나오면 여기로 알려 드려요. 돈은 들지 않아요.\n\n"
    "알림을 보내려고 세 가지를 저장해요: 이 대화방, 쓰는 말, 동네.\n그만두면 30일 안에 지워요. 만 14세부터 쓸 수 있어요.\n"
    "동의하지 않아도 일자리는 볼 수 있어요.",
    rows(("동의하고 시작", "동의 안 함"), ("개인정보 안내", "Language / 언어")),
    "어느 동네에 사세요? 동 이름을 써 주세요.\n예: 월곡동",
    ((Button("내 위치로 찾기", "x9.0", ask="location"), Button("동 이름 고르기", "x9.1")),),
    "월곡동과 옆 동네에서 지금 지원할 수 있는 일자리 14개예요.\n\n1. 작은도서관 책 정리 — 월곡2동\n    월·수·금 14:00~17:00 · "
    "시간당 12,000원\n    12월 4일(금)까지\n\n2. 저녁 돌봄 보조 — 월곡1동\n    월~금 16:00~19:00 · 시급 12,600원\n"
    "    12월 11일(금)까지\n\n3. 무인발급기 안내 — 수완동\n    월~금 10:00~15:00 · 시급 12,600원\n    12월 15일(화)까지",
    rows(("1", "2", "3"), ("다음 3개", "일·시간 고르기")),
    Message(
        "별빛작은도서관 · 월곡2동\n\n시간당 12,000원\n월·수·금 14:00~17:00 · 주 9시간\n1월 4일~6월 30일 · 2명\n"
        "외국인: 지원할 수 있다고 적혀 있어요\n12월 4일(금) 18:00까지 · 12일 남음",
        rows(("지원하기", "저장"), ("자세히", "안 맞아요"), main=True),
        lead="새 일자리 · 우리 동네",
        title="작은도서관 책 정리·대출 도우미",
        language="ko",
        card=True,
    ),
    "별빛작은도서관\n12월 4일(금) 18:00까지\n\n하는 일: 책을 빌려주고 받아요\n묻기: 062-000-0101",
    (
        (1, "작은도서관 책 정리·대출 도우미 — 월곡2동", "월·수·금 14:00~17:00 · 시간당 12,000원\n12월 4일(금)까지"),
        (2, "지역아동센터 저녁 돌봄 보조 — 월곡1동", "월~금 16:00~19:00 · 시급 12,600원\n12월 11일(금)까지"),
        (3, "무인민원발급기 안내 도우미 — 수완동", "월~금 10:00~15:00 · 시급 12,600원\n12월 15일(화)까지"),
        (4, "경로당 점심 돕기 — 송정1동", "화·목 10:00~14:00 · 시급 12,600원\n12월 18일(금)까지"),
    ),
)
EN = Words(
    "Hello. This is Dongne Ilgam, the job alerts of Gwangsan-gu.\nWhen there is work near your home, we write to you here. "
    "It is free.\n\nTo send alerts we keep three things: this chat, your language, your neighbourhood.\nWhen you stop, we "
    "delete them within 30 days. You must be 14 or older.\nYou may say no and still look at the jobs.",
    rows(("I agree, start", "I do not agree"), ("Privacy notice", "Language / 언어")),
    "Which neighbourhood do you live in? Type its name in any alphabet.\nFor example: Wolgok, 월곡동, Вольгок",
    ((Button("Use my location", "x9.0", ask="location"), Button("Pick from a list", "x9.1")),),
    "14 jobs you can apply for now in Wolgok-dong (월곡동) and next to it.\n\n1. Library assistant — Wolgok 2-dong\n"
    "    Mon, Wed, Fri 14:00–17:00 · 12,000 won/h\n    Apply by Fri 4 Dec\n\n2. Childcare helper — Wolgok 1-dong\n"
    "    Mon–Fri 16:00–19:00 · 12,600 won/h\n    Apply by Fri 11 Dec\n\n3. Kiosk helper — Suwan-dong\n"
    "    Mon–Fri 10:00–15:00 · 12,600 won/h\n    Apply by Tue 15 Dec\n\nForeign residents: see each notice. Your status: "
    "ask 1345.",
    rows(("1", "2", "3"), ("Next 3", "Choose work and hours")),
    Message(
        "별빛작은도서관 · Wolgok 2-dong (월곡2동)\n\n12,000 won an hour (시간당 12,000원)\nMon, Wed, Fri 14:00–17:00 · "
        "9 h a week\n4 Jan – 30 Jun · 2 places\nForeign residents: the notice says yes\nYour status: ask 1345 first\n"
        "Apply by Fri 4 Dec 18:00 · 12 days left",
        rows(("Apply", "Save"), ("Details", "Not for me"), main=True),
        lead="New job · your neighbourhood",
        title="Library assistant",
        language="en",
        card=True,
    ),
    "별빛작은도서관\nApply by Fri 4 Dec 18:00\n\nWhat you will do: lend and take back books\nAsk: 062-000-0101",
    (
        (1, "Library assistant — Wolgok 2-dong", "Mon, Wed, Fri 14:00–17:00 · 12,000 won/h\nApply by Fri 4 Dec"),
        (2, "Childcare helper — Wolgok 1-dong", "Mon–Fri 16:00–19:00 · 12,600 won/h\nApply by Fri 11 Dec"),
        (3, "Kiosk helper — Suwan-dong", "Mon–Fri 10:00–15:00 · 12,600 won/h\nApply by Tue 15 Dec"),
    ),
)
RU = Words(
    "Здравствуйте. Это Донне Ильгам, вакансии района Квансан-гу.\nКогда рядом с домом появится работа, мы напишем сюда. "
    "Это бесплатно.\n\nДля этого мы храним три вещи: этот чат, ваш язык, ваш район.\nЕсли вы откажетесь, удалим их за 30 "
    "дней. Можно с 14 лет.\nБез согласия вакансии тоже можно смотреть.",
    rows(("Согласиться и начать", "Не соглашаться"), ("О личных данных", "Language / 언어")),
    "В каком районе вы живёте? Напишите название любыми буквами.\nНапример: Вольгок, 월곡동",
    ((Button("По моему местоположению", "x9.0", ask="location"), Button("Выбрать из списка", "x9.1")),),
    "14 вакансий в районе Вольгок-дон (월곡동) и рядом.\n\n1. Помощник в библиотеке — Вольгок 2-дон\n    пн, ср, пт "
    "14:00–17:00 · 12 000 вон/ч\n    Подать до пт, 4 дек.",
    rows(("1",), ("Следующие 3", "Выбрать работу и часы")),
    Message(
        "별빛작은도서관 · Вольгок 2-дон (월곡2동)\n\n12 000 вон в час (시간당 12,000원)\nпн, ср, пт 14:00–17:00 · 9 ч в неделю\n"
        "4 янв. – 30 июня · 2 места\nИностранцам: в объявлении сказано, что можно\nВаш статус: сначала спросите по тел. 1345\n"
        "Подать до пт, 4 дек. 18:00 · 12 дней",
        rows(("Подать заявку", "Сохранить"), ("Подробнее", "Не подходит"), main=True),
        lead="Новая вакансия · ваш район",
        title="Помощник в библиотеке",
        language="ru",
        card=True,
    ),
    "별빛작은도서관\nПодать до пт, 4 дек. 18:00\n\nСпросить: 062-000-0101",
    ((1, "Помощник в библиотеке — Вольгок 2-дон", "пн, ср, пт 14:00–17:00 · 12 000 вон/ч\nПодать до пт, 4 дек."),),
)
SCRIPT = {"ko": KO, "en": EN, "ru": RU}


class Talk(Script):
    """Greets, asks, finds; every other press of the script goes one step on."""

    language = "ko"

    def answer(self, event: Event) -> Replies:
        if isinstance(event.what, Said) and event.what.text.startswith("/start "):
            self.language = read(event.what.text.partition(" ")[2]).language or "en"
            return self._one(self.words.greeting, self.words.greeting_buttons)
        if isinstance(event.what, Said):
            return self._one(self.words.found, self.words.found_buttons)
        return self._one(self.words.asked, self.words.asked_buttons)

    @property
    def words(self) -> Words:
        return SCRIPT.get(self.language, EN)

    def _one(self, text: str, buttons: Rows) -> Replies:
        return Replies((Message(text, buttons, language=self.language),))


@dataclass
class Scene:
    address: str
    chat: WebChat
    talk: Talk
    store: Store


async def jobs(language: str, offset: int, limit: int) -> tuple[int, tuple[tuple[int, str, str], ...]]:
    found = SCRIPT.get(language, EN).jobs
    return 34, found[:limit]


async def posting(language: str, number: int) -> JobPage | None:
    words, data = SCRIPT.get(language, EN), {"@type": "JobPosting", "title": "</script><script>alert(1)</script>"}
    return JobPage(1, words.card.title, words.details, data=data) if number == 1 else None


@asynccontextmanager
async def scene(folder: Path, **site_options: Any) -> AsyncIterator[Scene]:
    store = Store(f"sqlite:///{folder}/look.db", Keys.fresh())
    async with store.transaction() as tx:
        await tx.connection.run_sync(SQLModel.metadata.create_all)
    messengers = (("텔레그램 Telegram", "https://t.me/example"),)
    site = Site(NAMES, phone="062-000-0000", messengers=messengers, **site_options)
    content = Content(jobs, posting, lambda language: SCRIPT.get(language, EN).greeting)
    chat = WebChat(store, Catalogs.load(), site, content)
    talk = Talk(store, chat)
    web = Web("127.0.0.1", 0, chat.routes())
    await web.start()
    await chat.start(talk)
    try:
        yield Scene(web.address, chat, talk, store)
    finally:
        await chat.stop()
        await web.stop()
        await store.close()
