"""A Telegram for tests: a Bot API server on a free loopback port, and people who use the bot.

Built on plain aiohttp: lo-bot-api-emulator has no drafts, keeps no messages and refuses
`allowed_updates` as the bot sends them, so nearly every method would have been replaced anyway.

    async with TelegramServer() as server:
        person = server.user(42, "An")
        ...                                 # start the bot on f"{server.base_url}/bot"
        await person.says("/start")
        await server.wait_for(lambda: server.messages(42))
        assert server.problems == []

A person sees what the bot sent; what the person wrote is not in `messages`. Like Telegram, the
server answers "chat not found" for anyone who is not a `user`, and refuses what breaks its rules.
Polling calls stay out of `calls`. A webhook is noted in `webhook_url`, but nothing is sent to it.
"""

import asyncio
import contextlib
import itertools
import re
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeVar, cast

from aiohttp import web

from tests.fakes.bot_api_rules import (
    DEFAULT_API_DATA,
    Problem,
    Upload,
    check,
    decode,
    known_method,
    visible_text,
)

JsonObject = dict[str, Any]
T = TypeVar("T")

_BOT: JsonObject = {"id": 123456, "is_bot": True, "first_name": "Bot", "username": "fake_bot"}
_ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_REASONS = {
    400: "Bad Request",
    403: "Forbidden: bot was blocked by the user",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class Call(NamedTuple):
    """One call of the bot: the method and its fields, JSON decoded, files as `Upload`."""

    method: str
    fields: JsonObject


@dataclass(frozen=True)
class SentMessage:
    """A message of the bot as it stood when it was read; an edit makes a new value."""

    chat_id: int
    message_id: int
    fields: JsonObject
    date: int
    edited: bool = False

    @property
    def text(self) -> str:
        """The text or caption as people see it, without tags."""
        return visible_text(self.source, self.fields.get("parse_mode"))

    @property
    def source(self) -> str:
        """The text or caption as the bot sent it, tags included."""
        return str(self.fields.get("text", self.fields.get("caption", "")))

    @property
    def reply_markup(self) -> JsonObject:
        """The keyboard, or an empty object."""
        return self.fields.get("reply_markup") or {}

    @property
    def buttons(self) -> list[JsonObject]:
        """All buttons, row by row; those of a reply keyboard too."""
        markup = self.reply_markup
        rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
        return [button for row in rows for button in row]

    @property
    def as_json(self) -> JsonObject:
        """The message as Telegram's Message object, but for its chat."""
        kind = "text" if "text" in self.fields else "caption"
        message = {"message_id": self.message_id, "date": self.date, "from": _BOT, kind: self.text}
        if self.edited:
            message["edit_date"] = self.date
        if "inline_keyboard" in self.reply_markup:
            message["reply_markup"] = self.reply_markup
        if document := self.fields.get("document"):
            file_id, name = f"file{self.message_id}", getattr(document, "filename", "file")
            message["document"] = {"file_id": file_id, "file_unique_id": file_id, "file_name": name}
        return message

    def button(self, label: str) -> JsonObject | None:
        """Find a button by its text or its callback data."""
        found = (b for b in self.buttons if label in (b["text"], b.get("callback_data")))
        return next(found, None)


@dataclass(frozen=True)
class _Fault:
    status: int = 0  # 0 closes the connection
    description: str = ""
    retry_after: int = 0
    delivered: bool = False


class _RefusalError(Exception):
    """Status and description of the error that the bot gets."""


@dataclass
class User:
    """A person in a private chat with the bot; made by `TelegramServer.user`."""

    server: "TelegramServer"
    id: int
    first_name: str

    @property
    def as_json(self) -> JsonObject:
        """The person as Telegram's User object."""
        return {"id": self.id, "is_bot": False, "first_name": self.first_name}

    @property
    def chat(self) -> JsonObject:
        """The private chat as Telegram's Chat object."""
        return {"id": self.id, "type": "private", "first_name": self.first_name}

    async def says(self, text: str) -> JsonObject:
        """Send a text; one that starts with / carries its command entity."""
        command = re.match(r"/\w+(@\w+)?", text, re.ASCII)
        if not command:
            return await self.sends(text=text)
        entity = {"type": "bot_command", "offset": 0, "length": command.end()}
        return await self.sends(text=text, entities=[entity])

    async def sends(self, **content: Any) -> JsonObject:
        """Send a message of any content (`document={...}`), and give it as the bot gets it."""
        message = {**self.server.new_message(self.id), "from": self.as_json, **content}
        self.server.push(message=message)
        return message

    async def taps(self, label: str, *, message: SentMessage | None = None) -> None:
        """Tap the newest button with this text or callback data (or that of `message`)."""
        seen = [message] if message else self.server.messages(self.id)[::-1]
        found = next(((m, b) for m in seen if (b := m.button(label))), None)
        if not found:
            there = [b["text"] for m in seen for b in m.buttons]
            raise LookupError(f"no button {label!r} among {there}")
        target, button = found
        if "keyboard" in target.reply_markup:
            await self.says(button["text"])
        else:
            self.server.tap(self, target, button["callback_data"])


class TelegramServer:
    """The fake Bot API; see the module's docstring for its use."""

    def __init__(self, token: str = "123456:TEST", api_data: Path = DEFAULT_API_DATA) -> None:
        self.token = token
        self.base_url = ""
        self.webhook_url = ""
        self.calls: list[Call] = []
        self.problems: list[Problem] = []
        self.open_queries: set[str] = set()  # taps that the bot has not answered
        self._api_data = api_data
        self._users: dict[int, User] = {}
        self._messages: dict[tuple[int, int], SentMessage] = {}
        self._ids = itertools.count(1)
        self._pending: list[JsonObject] = []
        self._allowed: list[str] = []
        self._poll = 0
        self._faults: defaultdict[str, deque[_Fault]] = defaultdict(deque)
        self._change = asyncio.Event()
        self._handlers: dict[str, Callable[[JsonObject], Any]] = {
            "getMe": lambda _: _BOT,
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._set_webhook,
            "sendMessage": self._send,
            "sendDocument": self._send,
            "editMessageText": lambda f: self._edit(f, {"text", "parse_mode", "entities"}),
            "editMessageReplyMarkup": lambda f: self._edit(f, set()),
            "deleteMessage": self._delete,
            "answerCallbackQuery": self._answer_query,
        }
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1
        )

    async def __aenter__(self) -> Self:
        """Listen on a free loopback port."""
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop listening; waiting polls are cut off."""
        await self._runner.cleanup()

    def user(self, user_id: int, first_name: str = "An") -> User:
        """Give the person with this id, new or known, whom the bot may write to from now on."""
        return self._users.setdefault(user_id, User(self, user_id, first_name))

    def messages(self, chat_id: int) -> list[SentMessage]:
        """List the bot's messages in a chat as they stand now, in order of sending."""
        return [m for m in self._messages.values() if m.chat_id == chat_id]

    def calls_to(self, method: str) -> list[JsonObject]:
        """List the fields of all calls to one method, in order."""
        return [call.fields for call in self.calls if call.method == method]

    async def wait_for(self, predicate: Callable[[], T], timeout: float = 5) -> T:
        """Wait until the predicate, asked anew after each call, gives something true."""
        try:
            async with asyncio.timeout(timeout):
                while not (value := predicate()):
                    await self._change.wait()
                return value
        except TimeoutError:
            seen = f"last calls {self.calls[-5:]}, problems {[*map(str, self.problems)]}"
            raise TimeoutError(f"not seen in {timeout} s; {seen}") from None

    def fail_next(
        self, method: str, *, status: int = 429, retry_after: int = 1, times: int = 1
    ) -> None:
        """Answer the next calls of a method with an error, and without doing them."""
        fault = _Fault(status, _REASONS.get(status, "Error"))
        if status == 429:
            fault = _Fault(429, f"Too Many Requests: retry after {retry_after}", retry_after)
        self._faults[method] += [fault] * times

    def drop_next(self, method: str, *, times: int = 1, delivered: bool = False) -> None:
        """Close the connection without an answer; with `delivered` after doing what was asked."""
        self._faults[method] += [_Fault(delivered=delivered)] * times

    def new_message(self, chat_id: int) -> JsonObject:
        """Give the start of a new message, by anyone, in a chat."""
        chat = self._users[chat_id].chat
        return {"message_id": next(self._ids), "date": int(time.time()), "chat": chat}

    def push(self, **update: JsonObject) -> None:
        """Queue one update, such as `message={...}`, unless the bot did not ask for its kind."""
        kind = next(iter(update))
        if kind in self._allowed or (not self._allowed and kind not in _ONLY_ON_REQUEST):
            self._pending.append({"update_id": next(self._ids), **update})
            self._changed()

    def tap(self, user: User, message: SentMessage, data: str) -> None:
        """Queue the callback query of a tapped button."""
        query: JsonObject = {"id": str(next(self._ids)), "from": user.as_json, "data": data}
        self.open_queries.add(query["id"])
        shown = {**message.as_json, "chat": user.chat}
        self.push(callback_query={**query, "message": shown, "chat_instance": str(user.id)})

    def _changed(self) -> None:
        self._change.set()
        self._change = asyncio.Event()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != self.token:
            return _error(401, "Unauthorized")
        fields = decode(method, await _fields_of(request), self._api_data)
        problems = check(method, fields, self._api_data)
        self.problems += problems
        if method != "getUpdates":
            self.calls.append(Call(method, fields))
        fault = self._faults[method].popleft() if self._faults[method] else None
        if fault and not fault.delivered:
            response = _error(fault.status or 500, fault.description, fault.retry_after)
        else:
            response = await self._answer(method, fields, problems)
        self._changed()
        if fault and not fault.status and request.transport:
            request.transport.abort()
        return response

    async def _answer(
        self, method: str, fields: JsonObject, problems: list[Problem]
    ) -> web.Response:
        try:
            self._refuse(method, fields, problems)
            handler = self._handlers.get(method)
            result = handler(fields) if handler else True
            result = await result if isinstance(result, Awaitable) else result
        except _RefusalError as refusal:
            return _error(*refusal.args)
        return web.json_response({"ok": True, "result": result})

    def _refuse(self, method: str, fields: JsonObject, problems: list[Problem]) -> None:
        if not known_method(method, self._api_data):
            raise _RefusalError(404, "Not Found")
        for answer in filter(None, (problem.answer for problem in problems)):
            raise _RefusalError(400, f"Bad Request: {answer}")
        if "chat_id" in fields and fields["chat_id"] not in self._users:
            raise _RefusalError(400, "Bad Request: chat not found")

    async def _get_updates(self, fields: JsonObject) -> list[JsonObject]:
        if self.webhook_url:
            raise _RefusalError(409, "Conflict: can't use getUpdates while webhook is active")
        self._confirm(fields.get("offset", 0))
        self._allowed = fields.get("allowed_updates", self._allowed)
        self._poll += 1
        self._changed()  # an older poll that still waits ends here
        await self._update_within(fields.get("timeout", 0), self._poll)
        return self._pending[: fields.get("limit", 100)]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._pending = self._pending[offset:]
        else:
            self._pending = [u for u in self._pending if u["update_id"] >= offset]

    async def _update_within(self, seconds: float, poll: int) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self._pending and poll == self._poll:
                    await self._change.wait()
        if poll != self._poll:
            raise _RefusalError(409, "Conflict: terminated by other getUpdates request")

    def _set_webhook(self, fields: JsonObject) -> bool:
        self.webhook_url = fields.get("url", "")
        if fields.get("drop_pending_updates"):
            self._pending.clear()
        return True

    def _send(self, fields: JsonObject) -> JsonObject:
        head = self.new_message(fields["chat_id"])
        message = SentMessage(fields["chat_id"], head["message_id"], fields, head["date"])
        return self._keep(message)

    def _edit(self, fields: JsonObject, content_names: set[str]) -> JsonObject:
        message, names = self._find(fields, "edit"), content_names | {"reply_markup"}
        if "text" in names - message.fields.keys():
            raise _RefusalError(400, "Bad Request: there is no text in the message to edit")
        content = {k: v for k, v in message.fields.items() if k not in names}
        content |= {k: v for k, v in fields.items() if k in names}
        if content == message.fields:
            raise _RefusalError(400, "Bad Request: message is not modified")
        return self._keep(replace(message, fields=content, edited=True))

    def _delete(self, fields: JsonObject) -> bool:
        message = self._find(fields, "delete")
        del self._messages[message.chat_id, message.message_id]
        return True

    def _answer_query(self, fields: JsonObject) -> bool:
        if fields["callback_query_id"] not in self.open_queries:
            raise _RefusalError(400, "Bad Request: query is too old or query ID is invalid")
        self.open_queries.discard(fields["callback_query_id"])
        return True

    def _find(self, fields: JsonObject, purpose: str) -> SentMessage:
        message = self._messages.get((fields.get("chat_id", 0), fields.get("message_id", 0)))
        if not message:
            raise _RefusalError(400, f"Bad Request: message to {purpose} not found")
        return message

    def _keep(self, message: SentMessage) -> JsonObject:
        self._messages[message.chat_id, message.message_id] = message
        return {**message.as_json, "chat": self._users[message.chat_id].chat}


async def _fields_of(request: web.Request) -> JsonObject:
    if request.content_type == "application/json":
        return cast(JsonObject, await request.json())
    fields: JsonObject = {**request.query, **await request.post()}
    for name, value in fields.items():
        if isinstance(value, web.FileField):
            fields[name] = Upload(value.filename, value.file.read())
    return fields


def _error(status: int, description: str, retry_after: int = 0) -> web.Response:
    body: JsonObject = {"ok": False, "error_code": status, "description": description}
    if retry_after:
        body["parameters"] = {"retry_after": retry_after}
    return web.json_response(body, status=status)
