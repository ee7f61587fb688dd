"""Whether a Bot API server knows a token: what `ilgam check` asks."""

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from .transport import Transport


async def known(token: str, api: str) -> str:
    """An empty text when it does, else what is wrong, without the token."""
    transport = Transport(api, token)
    bot = Bot(token, base_url=f"{api}/bot", request=transport, get_updates_request=transport)
    try:
        await transport.initialize()
        await bot.get_me()
    except InvalidToken:
        return "Telegram does not know this token."
    except TelegramError as error:
        return f"Telegram was not reached ({type(error).__name__})."
    finally:
        await transport.shutdown()
    return ""
