"""Whether a Bot API server knows a token, and under which name: what `ilgam check` and `ilgam poster` ask."""

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from .transport import Transport


async def known(token: str, api: str) -> str:
    """An empty text when it does, else what is wrong, without the token."""
    return (await username(token, api))[1]


async def username(token: str, api: str) -> tuple[str, str]:
    """The bot's name as in t.me/name, and what is wrong, without the token: one of the two is empty."""
    transport = Transport(api, token)
    bot = Bot(token, base_url=f"{api}/bot", request=transport, get_updates_request=transport)
    try:
        await transport.initialize()
        return (await bot.get_me()).username or "", ""
    except InvalidToken:
        return "", "Telegram does not know this token."
    except TelegramError as error:
        return "", f"Telegram was not reached ({type(error).__name__})."
    finally:
        await transport.shutdown()
