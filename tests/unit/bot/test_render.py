import re
from html import unescape
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.answering.outcomes import Answered, Clarify, Evidence, Outcome, Sentence
from bot.answering.source import SourceView
from bot.answering.texts import plain_text
from bot.telegram_ui.render import Reply, read_source_data, replies, source_data, source_reply
from bot.telegram_ui.split import LIMIT, units
from corpus.model import Header, Span
from tests import strategies
from tests.unit.bot.replies import ANSWERED, OUTCOMES, citation


def shown(reply: Reply) -> str:
    """What Telegram shows: tags read, entities unescaped."""
    return unescape(re.sub(r"</?(?:b|blockquote)>", "", reply.html))


def buttons(reply: Reply) -> list[Any]:
    assert reply.keyboard is not None
    return [button for row in reply.keyboard.inline_keyboard for button in row]


def view(quote: str = "Trồng mới 340 ha", **other: Any) -> SourceView:
    fields = {
        **{"file": "kh-61.txt", "header": Header(number="61/KH-UBND", title="Trồng rừng")},
        **{"section": "I.1", "before": "Mục tiêu: ", "quote": quote, "after": " rừng."},
    }
    return SourceView(**{**fields, **other})


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: type(outcome).__name__)
def test_every_outcome_is_one_message_that_says_it(outcome: Outcome) -> None:
    (reply,) = replies(outcome)
    assert shown(reply) == plain_text(outcome)


def test_only_an_answer_has_buttons_one_for_each_source() -> None:
    for outcome in OUTCOMES:
        (reply,) = replies(outcome)
        assert (reply.keyboard is not None) is isinstance(outcome, Answered)
    (reply,) = replies(ANSWERED)
    assert [button.text[:3] for button in buttons(reply)] == ["[1]", "[2]"]


def test_the_buttons_stand_under_the_last_message() -> None:
    long = Sentence("rừng " * 1500, (Evidence(7, Span(10, 26)),))
    found = list(replies(Answered((long,), ((1,),), (citation(),))))
    assert len(found) > 1
    assert [reply.keyboard is not None for reply in found] == [False] * (len(found) - 1) + [True]


def test_marks_are_set_off() -> None:
    (reply,) = replies(ANSWERED)
    assert reply.html.split("\n")[1].endswith("<b>[1][2]</b>")


@settings(max_examples=50)
@given(strategies.anything)
def test_no_words_of_a_document_become_markup(words: str) -> None:
    assume(not re.search(r"\[\d+\]", words))
    text = f"<b>{words}</b> & <a href='x'>"
    for reply in replies(Clarify(text)):
        assert "<b>" not in reply.html
        assert "<a" not in reply.html
    assert unescape("".join(r.html for r in replies(Clarify(text)))).startswith("<b>")


@settings(max_examples=50)
@given(strategies.anything, strategies.anything)
def test_a_source_shows_words_as_words(quote: str, around: str) -> None:
    html = source_reply(view(quote, before=around, after=around)).html
    tags = re.findall(r"<[^>]*>", html)
    assert set(tags) <= {"<b>", "</b>", "<blockquote>", "</blockquote>"}
    assert len(tags) == 4
    assert not re.search(r"&(?!lt;|gt;|amp;)", html)


@settings(max_examples=50)
@given(st.integers(1, 10**12 - 1), st.integers(0, 10**10 - 1), st.integers(1, 10**10 - 1))
def test_a_button_opens_the_span_it_was_made_for(document: int, start: int, end: int) -> None:
    data = source_data(citation(document=document, start=start, end=end))
    assert read_source_data(data) == (document, Span(start, end))
    assert len(data.encode()) <= 64


@settings(max_examples=50)
@given(st.text(max_size=80))
def test_data_that_is_not_ours_opens_nothing(data: str) -> None:
    if not re.fullmatch(r"s(:[0-9]+){3}", data):
        assert read_source_data(data) is None


@pytest.mark.parametrize(
    "data",
    [
        "",
        "s:",
        "s:1:2",
        "s:1:2:3:4",
        "s:1:2:3 ",
        "x:1:2:3",
        "s:-1:2:3",
        f"s:{9**99}:1:2",
    ],
)
def test_garbled_data_opens_nothing(data: str) -> None:
    assert read_source_data(data) is None


@settings(max_examples=50)
@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=80))
def test_a_button_is_short_and_telegram_takes_it(number: str, title: str, section: str) -> None:
    outcome = Answered(
        ANSWERED.sentences,
        ANSWERED.marks,
        (citation(number=number or None, title=title or None, section=section),),
    )
    (reply,) = replies(outcome)
    (button,) = buttons(reply)
    assert button.text.startswith("[1]")
    assert len(button.text) <= 34
    assert 1 <= len(str(button.callback_data).encode()) <= 64


def test_a_source_shows_document_section_and_quote() -> None:
    reply = source_reply(view())
    assert "61/KH-UBND" in reply.html
    assert "mục I.1" in reply.html
    assert "kh-61.txt" in reply.html
    assert "<blockquote>Trồng mới 340 ha</blockquote>" in reply.html
    assert shown(reply).index("Mục tiêu:") < shown(reply).index("Trồng mới")
    assert reply.keyboard is None


texts = st.integers(0, 9000).map(lambda n: "rừng & đất " * (n // 11))


@settings(max_examples=50)
@given(texts, texts, texts, st.integers(0, 255), st.integers(0, 2000))
def test_a_source_fits_one_message(
    quote: str, before: str, after: str, name: int, title: int
) -> None:
    reply = source_reply(
        view(quote, before=before, after=after, file="t" * name, header=Header(title="ừ" * title))
    )
    assert units(shown(reply)) <= LIMIT


def test_a_long_quote_keeps_some_of_what_stands_around_it() -> None:
    reply = source_reply(view("đầu " + "rừng " * 3000, before="trước " * 900, after="sau " * 900))
    assert shown(reply).count("trước") > 20
    assert shown(reply).count("sau") > 20
    assert "đầu rừng" in shown(reply)


def test_what_is_cut_says_so() -> None:
    reply = source_reply(view("rừng " * 3000, before="trước " * 900, after="sau " * 900))
    assert shown(reply).count("…") == 3


def test_a_source_of_characters_that_count_twice_fits_one_message() -> None:
    grain = "\U0001f33e" * 5000
    assert units(shown(source_reply(view(grain, before=grain, after=grain)))) <= LIMIT
