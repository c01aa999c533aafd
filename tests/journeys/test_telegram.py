"""Update in, messages out: the real bot over HTTP against a Telegram of our own."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest
import pytest_asyncio
from pydantic import SecretStr
from telegram import Update

from bot.answering.outcomes import Answered, Citation, Evidence, Sentence
from bot.bootstrap import Parts
from bot.chat import Answerer
from bot.telegram_ui import handlers, texts
from bot.telegram_ui.serve import build_application
from corpus.model import Span
from corpus.text import squeeze
from tests.fakes.answerer import FakeAnswerer
from tests.fakes.telegram_server import TelegramServer

OFFICIAL, STRANGER = 42, 43
QUESTION = "Quy chế Vân Lĩnh lắng nghe được ban hành tại quyết định nào?"


@pytest_asyncio.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        running.user(OFFICIAL, "An")
        running.user(STRANGER, "Bình")
        yield running


@asynccontextmanager
async def serving(
    server: TelegramServer, parts: Parts, answerer: Answerer | None = None
) -> AsyncIterator[None]:
    """The bot, polling, for as long as the block lasts."""
    parts.settings.telegram_bot_token = SecretStr(server.token)
    parts.settings.telegram_api = server.base_url
    parts.settings.allowed_users = frozenset({OFFICIAL})
    application = build_application(parts, answerer or parts.assistant)
    async with application:
        await application.start()
        assert application.updater
        await application.updater.start_polling(
            timeout=1, allowed_updates=[Update.MESSAGE, Update.CALLBACK_QUERY]
        )
        yield
        await application.updater.stop()
        await application.stop()


def last_text(server: TelegramServer, chat: int = OFFICIAL) -> str:
    return server.messages(chat)[-1].text


async def test_start_greets_by_name_and_says_what_the_corpus_holds(
    server: TelegramServer, parts: Parts
) -> None:
    async with serving(server, parts):
        await server.user(OFFICIAL).says("/start")
        await server.wait_for(lambda: server.messages(OFFICIAL))
    assert "An" in last_text(server)
    assert "18 văn bản" in last_text(server)
    assert server.problems == []


async def test_help_shows_how_to_ask(server: TelegramServer, parts: Parts) -> None:
    async with serving(server, parts):
        await server.user(OFFICIAL).says("/help")
        await server.wait_for(lambda: server.messages(OFFICIAL))
    assert "Cách hỏi" in last_text(server)
    assert server.problems == []


async def test_a_question_is_answered_and_its_source_opens_on_the_words(
    server: TelegramServer, parts: Parts
) -> None:
    person = server.user(OFFICIAL)
    async with serving(server, parts):
        await person.says(QUESTION)
        await server.wait_for(lambda: server.messages(OFFICIAL))
        answer = server.messages(OFFICIAL)[-1]
        await person.taps(answer.buttons[0]["text"])
        await server.wait_for(lambda: len(server.messages(OFFICIAL)) > 1)
    assert "1640/QĐ-UBND" in answer.text
    assert answer.text.rstrip().endswith("]")
    opened = server.messages(OFFICIAL)[-1]
    quote = opened.source.split("<blockquote>")[1].split("</blockquote>")[0]
    document = parts.store.document(int(answer.buttons[0]["callback_data"].split(":")[1]))
    assert document
    assert squeeze(quote) in squeeze(document.text)
    assert squeeze(quote) in squeeze(answer.text) or "1640" in quote
    assert server.calls_to("sendChatAction")[0]["action"] == "typing"
    assert not server.open_queries
    assert server.problems == []


async def test_a_button_still_opens_after_a_restart(server: TelegramServer, parts: Parts) -> None:
    person = server.user(OFFICIAL)
    async with serving(server, parts):
        await person.says(QUESTION)
        await server.wait_for(lambda: server.messages(OFFICIAL))
    async with serving(server, parts):
        await person.taps(server.messages(OFFICIAL)[-1].buttons[0]["text"])
        await server.wait_for(lambda: len(server.messages(OFFICIAL)) > 1)
    assert "<blockquote>" in server.messages(OFFICIAL)[-1].source


async def test_what_the_corpus_does_not_say_is_said_so(
    server: TelegramServer, parts: Parts
) -> None:
    async with serving(server, parts):
        await server.user(OFFICIAL).says("Thời tiết ngày mai thế nào?")
        await server.wait_for(lambda: server.messages(OFFICIAL))
    assert "không nêu" in last_text(server)
    assert server.messages(OFFICIAL)[-1].buttons == []


async def test_a_follow_up_is_understood_and_forgotten_on_request(
    server: TelegramServer, parts: Parts
) -> None:
    answerer = FakeAnswerer(Answered((), (), ()))
    answerer.outcome = _long_answer(1)
    async with serving(server, parts, answerer):
        person = server.user(OFFICIAL)
        for i, text in enumerate(["một hai ba", "còn bốn thì sao", "/moi", "năm sáu"], 1):
            await person.says(text)
            await server.wait_for(partial(_has_messages, server, i))
    assert [history for _, history in answerer.asked] == [(), ("một hai ba",), ()]


async def test_a_stranger_is_told_how_to_ask_for_access_and_nothing_else(
    server: TelegramServer, parts: Parts
) -> None:
    answerer = FakeAnswerer(_long_answer(1))
    stranger = server.user(STRANGER)
    async with serving(server, parts, answerer):
        await stranger.says(QUESTION)
        await stranger.says("/start")
        await server.user(OFFICIAL).says("/help")
        await server.wait_for(lambda: server.messages(OFFICIAL))
    assert answerer.asked == []
    (told,) = server.messages(STRANGER)
    assert told.source == texts.STRANGER.format(user=STRANGER)
    assert server.problems == []


async def test_a_stranger_opens_no_source(server: TelegramServer, parts: Parts) -> None:
    person = server.user(OFFICIAL)
    async with serving(server, parts):
        await person.says(QUESTION)
        await server.wait_for(lambda: server.messages(OFFICIAL))
        answer = server.messages(OFFICIAL)[-1]
        server.tap(server.user(STRANGER), answer, answer.buttons[0]["callback_data"])
        await server.wait_for(lambda: not server.open_queries)
    assert server.messages(STRANGER) == []
    assert len(server.messages(OFFICIAL)) == 1


@pytest.mark.parametrize("data", ["", "s:999999:0:5", "s:1:5:5", "s:1:0:99999999", "x"])
async def test_a_button_that_leads_nowhere_is_answered_in_a_sentence(
    server: TelegramServer, parts: Parts, data: str
) -> None:
    async with serving(server, parts):
        await server.user(OFFICIAL).says("/help")
        await server.wait_for(lambda: server.messages(OFFICIAL))
        server.tap(server.user(OFFICIAL), server.messages(OFFICIAL)[-1], data)
        await server.wait_for(lambda: server.calls_to("answerCallbackQuery"))
    assert server.calls_to("answerCallbackQuery")[0]["text"] in (
        texts.SOURCE_GONE,
        texts.SOURCE_ODD,
    )


async def test_an_answer_of_ten_thousand_characters_arrives_in_order(
    server: TelegramServer, parts: Parts
) -> None:
    answer = _long_answer(120)
    async with serving(server, parts, FakeAnswerer(answer)):
        await server.user(OFFICIAL).says("kể hết các việc")
        await server.wait_for(lambda: server.messages(OFFICIAL)[-1:] and _has_buttons(server))
    whole = "\n".join(message.text for message in server.messages(OFFICIAL))
    assert len(whole) > 10_000
    places = [whole.index(sentence.text) for sentence in answer.sentences]
    assert places == sorted(places)
    assert server.problems == []


async def test_long_work_shows_that_it_goes_on(
    server: TelegramServer, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers, "_DRAFT_AFTER", 0.01)
    answerer = FakeAnswerer(_long_answer(1))
    answerer.let_go.clear()
    async with serving(server, parts, answerer):
        await server.user(OFFICIAL).says("việc lâu lắm đây")
        await server.wait_for(lambda: server.calls_to("sendMessageDraft"))
        answerer.let_go.set()
        await server.wait_for(lambda: server.messages(OFFICIAL))
    assert server.calls_to("sendMessageDraft")[0]["text"] == texts.WORKING
    assert server.problems == []


async def test_a_failure_is_one_sentence_and_the_log_has_neither_token_nor_question(
    server: TelegramServer, parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with serving(server, parts, FakeAnswerer(RuntimeError("bên trong hỏng"))):
        await server.user(OFFICIAL).says("câu hỏi riêng tư của tôi")
        await server.wait_for(lambda: server.messages(OFFICIAL))
    assert last_text(server) == texts.FAILED
    ours = [r for r in caplog.records if r.name.startswith("bot.")]
    assert any(r.exc_info for r in ours)
    assert not any("riêng tư" in r.getMessage() for r in ours)


async def test_too_many_requests_are_waited_out(server: TelegramServer, parts: Parts) -> None:
    async with serving(server, parts):
        server.fail_next("sendMessage", status=429, retry_after=1)
        await server.user(OFFICIAL).says("/help")
        await server.wait_for(lambda: server.messages(OFFICIAL), timeout=8)
    assert "Cách hỏi" in last_text(server)


async def test_a_photo_gets_a_clear_sentence(server: TelegramServer, parts: Parts) -> None:
    photo = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
    async with serving(server, parts):
        await server.user(OFFICIAL).sends(photo=[photo])
        await server.wait_for(lambda: server.messages(OFFICIAL))
    assert last_text(server) == texts.ONLY_TEXT


async def test_commands_are_offered(server: TelegramServer, parts: Parts) -> None:
    parts.settings.telegram_bot_token = SecretStr(server.token)
    parts.settings.telegram_api = server.base_url
    application = build_application(parts, parts.assistant)
    async with application:
        assert application.post_init
        await application.post_init(application)
    assert [c["command"] for c in server.calls_to("setMyCommands")[0]["commands"]] == [
        "help",
        "moi",
    ]


def _has_messages(server: TelegramServer, count: int) -> bool:
    return len(server.messages(OFFICIAL)) >= count


def _has_buttons(server: TelegramServer) -> bool:
    return bool(server.messages(OFFICIAL)[-1].buttons)


def _long_answer(sentences: int) -> Answered:
    """An answer of that many sentences of some 90 characters, all from one source."""
    evidence = Evidence(1, Span(0, 10))
    said = tuple(
        Sentence(
            f"Việc thứ {i:03d}: rà soát, báo cáo <UBND> & các xã, phường; {'ấ' * 40}", (evidence,)
        )
        for i in range(sentences)
    )
    citation = Citation(1, 1, "a.txt", "1/KH-UBND", "t", "UBND", "2026", "I.1", "q", 0, 10)
    return Answered(said, ((1,),) * sentences, (citation,))
