"""What happens on each kind of update. Every handler asks for access first."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram import Bot, Message, Update
from telegram.constants import ChatAction, ParseMode
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.answering.source import view_source
from bot.chat import Answerer, Chat
from bot.telegram_ui import texts
from bot.telegram_ui.render import Reply, read_source_data, replies, source_reply
from corpus.store import Store

log = logging.getLogger(__name__)
Context = ContextTypes.DEFAULT_TYPE

_TYPING_LASTS = 4.5
_DRAFT_AFTER = 2.0
_STRANGERS = 10_000
"""How many strangers are remembered as told, so that none makes the bot talk without end."""


class TelegramUi:
    """The bot's behaviour: one object, its handlers, and the conversations under way."""

    def __init__(self, answerer: Answerer, store: Store, allowed: frozenset[int]) -> None:
        self._answerer = answerer
        self._store = store
        self._allowed = allowed
        self._chats: dict[int, Chat] = {}
        self._told: set[int] = set()

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Add all handlers. Only private chats are served."""
        private = filters.ChatType.PRIVATE
        known = filters.User(self._allowed) if self._allowed else ~filters.ALL
        text = filters.TEXT & ~filters.COMMAND
        application.add_handler(MessageHandler(private & ~known, self.stranger))
        application.add_handler(CommandHandler("start", self.start, filters=private))
        application.add_handler(CommandHandler(["help", "giup"], self.help, filters=private))
        application.add_handler(CommandHandler("moi", self.fresh, filters=private))
        application.add_handler(MessageHandler(private & text, self.question))
        application.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, self.other))
        application.add_handler(CallbackQueryHandler(self.source))
        application.add_error_handler(self.failed)

    async def stranger(self, update: Update, _context: Context) -> None:
        """Tell who is not on the list how to get on it, once and nothing else."""
        user = update.effective_user
        if update.message and user and user.id not in self._told:
            if len(self._told) >= _STRANGERS:
                self._told.clear()
            self._told.add(user.id)
            await _send(update.message, Reply(texts.STRANGER.format(user=user.id)))

    async def start(self, update: Update, _context: Context) -> None:
        """Greet, and say what the corpus holds."""
        if update.message and update.effective_user:
            documents, _ = self._store.counts()
            name = update.effective_user.first_name
            await update.message.reply_text(texts.START.format(name=name, documents=documents))

    async def help(self, update: Update, _context: Context) -> None:
        """Show how to ask."""
        if update.message:
            await _send(update.message, Reply(texts.HELP))

    async def fresh(self, update: Update, _context: Context) -> None:
        """Forget the conversation."""
        if update.message:
            self._chat(update.message.chat_id).forget()
            await update.message.reply_text(texts.FRESH)

    async def question(self, update: Update, context: Context) -> None:
        """Answer a question, with progress while it is worked on."""
        message = update.message
        if message is None or not message.text:
            return
        chat = self._chat(message.chat_id)
        async with _progress(context.bot, message):
            answer = await asyncio.to_thread(chat.ask, message.text)
        for reply in replies(answer.outcome):
            await _send(message, reply)

    async def other(self, update: Update, _context: Context) -> None:
        """A picture, a voice, an unknown command: say what can be done."""
        if update.message:
            await update.message.reply_text(texts.ONLY_TEXT)

    async def source(self, update: Update, _context: Context) -> None:
        """Open the source behind a button."""
        query = update.callback_query
        if query is None:
            return
        if query.from_user.id not in self._allowed:
            await query.answer()
            return
        wanted = read_source_data(query.data or "")
        if wanted is None:
            await query.answer(texts.SOURCE_ODD)
            return
        view = await asyncio.to_thread(view_source, self._store, *wanted)
        await query.answer(None if view else texts.SOURCE_GONE)
        if view and isinstance(query.message, Message):
            await _send(query.message, source_reply(view))

    async def failed(self, update: object, context: Context) -> None:
        """Log what broke, without the user's words, and tell the user in one sentence."""
        log.error("an update failed", exc_info=context.error)
        message = update.effective_message if isinstance(update, Update) else None
        if message is None or isinstance(context.error, TelegramError):
            return
        await message.reply_text(texts.FAILED)

    def _chat(self, chat_id: int) -> Chat:
        return self._chats.setdefault(chat_id, Chat(self._answerer, self._store))


async def _send(message: Message, reply: Reply) -> None:
    await message.reply_text(
        reply.html,
        parse_mode=ParseMode.HTML,
        reply_markup=reply.keyboard,
        disable_web_page_preview=True,
    )


@asynccontextmanager
async def _progress(bot: Bot, message: Message) -> AsyncIterator[None]:
    """Show «typing» at once, and a draft where it takes longer, until the work is done."""
    showing = asyncio.create_task(_show_progress(bot, message))
    try:
        yield
    finally:
        showing.cancel()
        await asyncio.gather(showing, return_exceptions=True)


async def _show_progress(bot: Bot, message: Message) -> None:
    await bot.send_chat_action(message.chat_id, ChatAction.TYPING)
    await asyncio.sleep(_DRAFT_AFTER)
    await bot.send_message_draft(message.chat_id, draft_id=message.message_id, text=texts.WORKING)
    while True:
        await asyncio.sleep(_TYPING_LASTS)
        await bot.send_chat_action(message.chat_id, ChatAction.TYPING)
