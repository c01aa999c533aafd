"""Builds and runs the Telegram application; its errors are translated here."""

import asyncio
import logging
from typing import Any

from telegram import Bot, BotCommand, Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import AIORateLimiter, Application

from bot.bootstrap import Parts
from bot.chat import Answerer
from bot.settings import Settings
from bot.telegram_ui import texts
from bot.telegram_ui.handlers import TelegramUi
from corpus.errors import ChannelError, ConfigurationError

log = logging.getLogger(__name__)

TelegramApplication = Application[Any, Any, Any, Any, Any, Any]

_COMMANDS = (
    BotCommand("help", "Cách hỏi, ví dụ"),
    BotCommand("moi", "Bắt đầu cuộc trò chuyện mới"),
)
_TRIES = 3


def run_bot(parts: Parts) -> None:
    """Serve until stopped (Ctrl-C, SIGTERM). Raises ConfigurationError or ChannelError."""
    application = build_application(parts, parts.assistant)
    if not parts.settings.allowed_users | parts.settings.admins:
        log.warning(texts.NOBODY_ALLOWED)
    try:
        application.run_polling(
            allowed_updates=[Update.MESSAGE, Update.CALLBACK_QUERY], bootstrap_retries=_TRIES
        )
    except TelegramError as error:
        raise translated(error) from None


def build_application(parts: Parts, answerer: Answerer) -> TelegramApplication:
    """The application with all handlers, ready to run; nothing is sent yet."""
    settings = parts.settings
    token = settings.telegram_bot_token.get_secret_value()
    if not token:
        raise ConfigurationError("Chưa có token của bot; hãy đặt TELEGRAM_BOT_TOKEN (xem README).")
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{settings.telegram_api.rstrip('/')}/bot")
        .base_file_url(f"{settings.telegram_api.rstrip('/')}/file/bot")
        .rate_limiter(AIORateLimiter(max_retries=5))
        .post_init(_ready)
        .build()
    )
    TelegramUi(answerer, parts.store, settings.allowed_users | settings.admins).register(
        application
    )
    return application


def reachable(settings: Settings) -> str:
    """The bot's user name. Raises ChannelError where Telegram cannot be reached or refuses."""
    bot = Bot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{settings.telegram_api.rstrip('/')}/bot",
    )

    async def name() -> str:
        async with bot:
            return bot.username

    try:
        return asyncio.run(name())
    except TelegramError as error:
        raise translated(error) from None


def translated(error: TelegramError) -> ChannelError:
    """One plain sentence for what Telegram or the network said; never with the token in it."""
    if isinstance(error, InvalidToken):
        return ChannelError("Telegram không nhận token này; hãy kiểm tra lại TELEGRAM_BOT_TOKEN.")
    return ChannelError(
        "Không kết nối được Telegram; kiểm tra mạng (một số mạng chặn Telegram) hoặc "
        "CANCU_TELEGRAM_API. Trong lúc đó vẫn dùng được khung trò chuyện: cancu ask."
    )


async def _ready(application: TelegramApplication) -> None:
    await application.bot.set_my_commands(_COMMANDS)
    log.info(texts.RUNNING, application.bot.username)
