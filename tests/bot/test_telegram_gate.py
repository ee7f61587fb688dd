"""The program paces Telegram's replies by the gate that its alerts go through: people at once, groups 20 times a minute."""

import asyncio

import pytest
from pydantic import SecretStr

from bot.doors import telegram as doors_telegram
from bot.files import Files
from bot.gate import Gate
from bot.metrics import Metrics
from bot.pictures.drawings import Drawings
from bot.settings import Settings
from handlers.chat.events import Address
from handlers.deployment import Deployment
from locales import Catalogs
from storage.area_lookup import Polygons
from storage.area_search import AreaNames
from storage.area_tables import Area


async def test_a_second_reply_waits_in_a_group_only() -> None:
    area = Area(code=1233000000, name_ko="광산구", name_en="Gwangsan-gu", name_ru="Квансан-гу")
    gates: dict[tuple[str, str], Gate] = {}
    settings = Settings(telegram_token=SecretStr("1000000001:a-token-of-the-fake-server_0123456789"))
    deployment = Deployment(area, AreaNames.packaged(), Polygons())
    (telegram,) = doors_telegram(
        settings, Catalogs.load(), deployment, gates, Metrics(), Drawings(deployment.polygons), Files()
    )
    assert list(gates) == [("telegram", "1000000001")]
    assert telegram.routes() == [], "without a webhook there is nothing to post to"
    person, group = (Address("telegram", "1000000001", id) for id in ("5000000001", "-1001"))
    for _ in range(2):
        await asyncio.wait_for(telegram._pace(0, person), 1)
    await asyncio.wait_for(telegram._pace(0, group), 1)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(telegram._pace(0, group), 1)
