"""The fake Telegram, tried with a tiny real bot: python-telegram-bot over HTTP, by polling."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, Update
from telegram.error import (
    BadRequest,
    Conflict,
    EndPointNotFound,
    NetworkError,
    RetryAfter,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from tests.fakes.bot_api_rules import Upload, api_data_available, check, parse_html
from tests.fakes.telegram_server import TelegramServer
from tests.shared_data import require

NO_DATA = Path("/nowhere/api.json")
Context = ContextTypes.DEFAULT_TYPE
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])

needs_api_data = pytest.mark.usefixtures("api_data")


@pytest.fixture
def api_data() -> None:
    """The Bot API as data, or a skip that names it (a failure in CI)."""
    require("telegram/api.json")


async def start(update: Update, _: Context) -> None:
    assert update.message
    await update.message.reply_html("<b>Hello</b>", reply_markup=KEYBOARD)


async def echo(update: Update, _: Context) -> None:
    assert update.message
    assert update.message.text
    await update.message.reply_text(update.message.text)


async def tap(update: Update, _: Context) -> None:
    assert update.callback_query
    await update.callback_query.answer("ok")
    await update.callback_query.edit_message_text(f"chosen: {update.callback_query.data}")


@pytest_asyncio.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        running.user(42, "An")
        yield running


@pytest_asyncio.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    async with Bot(server.token, base_url=f"{server.base_url}/bot") as running:
        yield running


@pytest_asyncio.fixture
async def app(server: TelegramServer) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    built = Application.builder().token(server.token).base_url(f"{server.base_url}/bot").build()
    built.add_handler(CommandHandler("start", start))
    built.add_handler(MessageHandler(filters.TEXT, echo))
    built.add_handler(CallbackQueryHandler(tap))
    async with built:
        await built.start()
        assert built.updater
        await built.updater.start_polling(timeout=5, allowed_updates=Update.ALL_TYPES)
        yield built
        await built.updater.stop()
        await built.stop()


@pytest.mark.usefixtures("app")
async def test_a_person_talks_with_the_bot(server: TelegramServer) -> None:
    person = server.user(42)
    await person.says("/start")
    await server.wait_for(lambda: server.messages(42))
    await person.says("xin chào")
    await server.wait_for(lambda: len(server.messages(42)) == 2)

    hello, reply = server.messages(42)
    assert (hello.text, hello.source, reply.text) == ("Hello", "<b>Hello</b>", "xin chào")
    assert hello.button("Yes") == hello.button("y") == {"text": "Yes", "callback_data": "y"}
    assert reply.message_id > hello.message_id
    assert [call.method for call in server.calls][-2:] == ["sendMessage", "sendMessage"]
    assert server.problems == []


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("label", ["Yes", "y"])
async def test_a_tap_edits_the_message_in_place(server: TelegramServer, label: str) -> None:
    person = server.user(42)
    await person.says("/start")
    await server.wait_for(lambda: server.messages(42))
    await person.taps(label)
    await server.wait_for(lambda: server.messages(42)[0].edited)

    (message,) = server.messages(42)
    assert (message.text, message.buttons, server.open_queries) == ("chosen: y", [], set())
    with pytest.raises(LookupError, match="no button 'Yes'"):
        await person.taps("Yes")


@pytest.mark.usefixtures("app")
async def test_a_long_poll_gives_each_update_once(server: TelegramServer) -> None:
    for word in ("one", "two", "three"):
        await server.user(42).says(word)
    await server.wait_for(lambda: len(server.messages(42)) == 3)
    await server.user(42).says("four")
    await server.wait_for(lambda: len(server.messages(42)) == 4)
    assert [m.text for m in server.messages(42)] == ["one", "two", "three", "four"]


async def test_updates_come_again_until_confirmed(server: TelegramServer, bot: Bot) -> None:
    await server.user(42).says("one")
    await server.user(42).says("two")
    first, second = await bot.get_updates(allowed_updates=["message"])
    assert await bot.get_updates() == (first, second)
    assert await bot.get_updates(offset=second.update_id) == (second,)
    assert await bot.get_updates(offset=second.update_id + 1, timeout=0) == ()


async def test_unwanted_kinds_of_updates_stay_away(server: TelegramServer, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    await server.user(42).says("unheard")
    assert await bot.get_updates() == ()


async def test_a_second_poll_ends_the_first(server: TelegramServer, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=5))
    async with Bot(server.token, base_url=f"{server.base_url}/bot") as other:
        second = asyncio.create_task(other.get_updates(timeout=5))
        done, _ = await asyncio.wait([first, second], return_when=asyncio.FIRST_COMPLETED)
        await server.user(42).says("to the one that stayed")
        (left,) = {first, second} - done
        with pytest.raises(Conflict):
            await done.pop()
        assert len(await left) == 1


async def test_polling_beside_a_webhook_is_a_conflict(bot: Bot) -> None:
    await bot.set_webhook("https://example.org/hook")
    with pytest.raises(Conflict):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_an_unknown_token_is_refused(server: TelegramServer) -> None:
    async with httpx.AsyncClient(base_url=server.base_url) as client:
        answer = await client.get("/bot1:OTHER/getMe")
    assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")
    assert server.calls == []


@pytest.mark.parametrize(
    ("text", "parse_mode", "refusal"),
    [
        ("x" * 4097, None, "Message is too long"),
        ("😀" * 2049, None, "Message is too long"),
        ("<b>unclosed", "HTML", "find end tag"),
        ("<p>paragraph</p>", "HTML", 'unsupported start tag "p"'),
        ("a < b", "HTML", "unsupported start tag"),
        ("<b> </b>", "HTML", "Message text is empty"),
        ("text", "html5", "Unsupported parse_mode"),
    ],
)
async def test_broken_rules_are_refused_and_reported(
    server: TelegramServer, bot: Bot, text: str, parse_mode: str | None, refusal: str
) -> None:
    with pytest.raises(BadRequest, match=refusal):
        await bot.send_message(42, text, parse_mode=parse_mode)
    assert len(server.problems) == 1
    assert server.messages(42) == []


async def test_tags_do_not_count_for_the_limit(server: TelegramServer, bot: Bot) -> None:
    sent = await bot.send_message(42, f"<b>{'x' * 4095}&amp;</b>", parse_mode="HTML")
    assert sent.text == "x" * 4095 + "&"
    assert server.problems == []


async def test_laxly_escaped_html_is_sent_but_reported(server: TelegramServer, bot: Bot) -> None:
    await bot.send_message(42, "A & B > C", parse_mode="HTML")
    assert len(server.problems) == 2
    assert server.messages(42)[0].text == "A & B > C"


async def test_an_edit_must_change_something(server: TelegramServer, bot: Bot) -> None:
    sent = await bot.send_message(42, "one", reply_markup=KEYBOARD)
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_text("one", 42, sent.message_id, reply_markup=KEYBOARD)
    await bot.edit_message_reply_markup(42, sent.message_id)
    assert server.messages(42)[0].buttons == []
    await bot.delete_message(42, sent.message_id)
    assert server.messages(42) == []
    with pytest.raises(BadRequest, match="edit not found"):
        await bot.edit_message_text("two", 42, sent.message_id)


async def test_strangers_have_no_chat(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(43, "hello")


async def test_files_arrive_whole(server: TelegramServer, bot: Bot) -> None:
    sent = await bot.send_document(42, b"data", filename="a.docx", caption="<i>file</i>")
    assert sent.document
    assert sent.document.file_name == "a.docx"
    document = server.messages(42)[0].fields["document"]
    assert isinstance(document, Upload)
    assert document.data == b"data"
    assert server.problems == []


async def test_drafts_actions_and_commands_are_taken(server: TelegramServer, bot: Bot) -> None:
    assert await bot.send_message_draft(42, 7, "thinking")
    assert await bot.send_chat_action(42, "typing")
    assert await bot.set_my_commands([("start", "begin")])
    assert server.calls_to("sendMessageDraft") == [
        {"chat_id": 42, "draft_id": 7, "text": "thinking"}
    ]
    assert server.problems == []


async def test_failures_come_as_often_as_asked(
    server: TelegramServer, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # else the library warns about its own error
    server.fail_next("sendMessage", status=429, retry_after=3)
    with pytest.raises(RetryAfter, match="0:00:03"):
        await bot.send_message(42, "one")
    server.fail_next("sendMessage", status=502, times=2)
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(42, "one")
    await bot.send_message(42, "one")
    assert [m.text for m in server.messages(42)] == ["one"]
    assert len(server.calls_to("sendMessage")) == 4


@pytest.mark.parametrize("delivered", [False, True])
async def test_a_dropped_connection(server: TelegramServer, bot: Bot, delivered: bool) -> None:
    server.drop_next("sendMessage", delivered=delivered)
    with pytest.raises(NetworkError):
        await bot.send_message(42, "one")
    assert len(server.messages(42)) == delivered
    await bot.send_message(42, "two")


@pytest.mark.usefixtures("app")
async def test_polling_survives_failures(server: TelegramServer) -> None:
    server.fail_next("getUpdates", status=500)
    server.drop_next("getUpdates")
    await server.user(42).says("still there?")
    await server.wait_for(lambda: server.messages(42), timeout=15)


async def test_waiting_in_vain_tells_what_was_seen(server: TelegramServer, bot: Bot) -> None:
    await bot.send_message(42, "hello")
    with pytest.raises(TimeoutError, match="sendMessage"):
        await server.wait_for(lambda: False, timeout=0.01)


async def test_a_reply_keyboard_says_its_text(server: TelegramServer, bot: Bot) -> None:
    await bot.send_message(42, "?", reply_markup=ReplyKeyboardMarkup([["Help"]]))
    await server.user(42).taps("Help")
    (update,) = await bot.get_updates()
    assert update.message
    assert update.message.text == "Help"


@needs_api_data
async def test_unknown_methods_are_not_found(server: TelegramServer, bot: Bot) -> None:
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("sendNothing")
    assert [str(problem) for problem in server.problems] == ["sendNothing method: unknown"]


@needs_api_data
@pytest.mark.parametrize(
    ("method", "fields", "where"),
    [
        ("sendMessage", {"chat_id": 1, "text": "a", "txt": "b"}, "txt"),
        ("sendMessage", {"chat_id": 1}, "text"),
        ("getUpdates", {"timeout": "soon"}, "timeout"),
        ("sendMessageDraft", {"chat_id": 1, "draft_id": [7]}, "draft_id"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "a", "reply_parameters": '{"message_id": true}'},
            "reply_parameters.message_id",
        ),
        (
            "setMyCommands",
            {"commands": '[{"command": "x", "description": ""}]'},
            "commands[0].description",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "a", "reply_markup": '{"inline_keyboard": [[{"txt": "a"}]]}'},
            "reply_markup.inline_keyboard[0][0].text",
        ),
    ],
)
def test_the_api_data_finds(method: str, fields: dict[str, Any], where: str) -> None:
    assert where in [problem.where for problem in check(method, fields)]


def test_the_main_limits_hold_without_data() -> None:
    button = '{"inline_keyboard": [[{"text": "a", "callback_data": "%s"}]]}' % ("đ" * 33)
    fields = {"chat_id": "1", "text": "x" * 4097, "reply_markup": button}
    without = {str(problem) for problem in check("sendMessage", fields, NO_DATA)}
    assert len(without) == 2
    assert "66 bytes, allowed 1-64" in str(sorted(without))
    if api_data_available():
        assert {str(problem) for problem in check("sendMessage", fields)} == without
    assert not api_data_available(NO_DATA)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ('<b>a</b> &lt; <pre><code class="language-py">x</code></pre>', "a < x"),
        ('<a href="https://x.vn/?a=1&amp;b=2">link</a>', "link"),
        ("<blockquote expandable>q</blockquote> &#8220;d&#x201d; &quot;", 'q \u201cd\u201d "'),
        ('<span class="tg-spoiler">s</span><tg-spoiler>t</tg-spoiler>', "st"),
    ],
)
def test_allowed_html_passes(text: str, seen: str) -> None:
    assert parse_html(text) == (seen, [])


@pytest.mark.parametrize(
    "text",
    [
        "<b><i>x</b></i>",
        "</b>",
        "x <b",
        "<br/>",
        "<!-- note -->",
        "&nbsp;",
        "<span>x</span>",
        "<a>x</a>",
        '<b style="x">y</b>',
        "<code><b>x</b></code>",
        "<blockquote>a<blockquote>b</blockquote></blockquote>",
    ],
)
def test_other_html_is_reported(text: str) -> None:
    assert parse_html(text)[1]
