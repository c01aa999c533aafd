import re
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.answering.outcomes import Evidence, Sentence
from bot.answering.verify import bears, verified
from corpus.model import Span
from corpus.sentences import sentences
from tests import strategies
from tests.unit.bot.documents import PLAN, stored

SOURCE = (
    "Sở Tài chính bố trí 9,6 tỷ đồng cho 12 lớp tập huấn tại xã Khe Trầm trước ngày 30/4/2026 "
    "theo Nghị quyết số 18/NQ-HĐND, đạt 85% dự toán; người dân không phải đóng góp."
)
WHOLE = Evidence(1, Span(0, len(SOURCE)))


def says(text: str, source: str = SOURCE) -> bool:
    evidence = Evidence(1, Span(0, len(source)))
    return bears(Sentence(text, (evidence,)), lambda e: e.span.of(source))


def test_the_source_s_own_words_pass() -> None:
    assert says(SOURCE)


@pytest.mark.parametrize(
    "part",
    [
        "Sở Tài chính bố trí 9,6 tỷ đồng cho 12 lớp tập huấn",
        "tại xã Khe Trầm trước ngày 30/4/2026",
        "theo Nghị quyết số 18/NQ-HĐND, đạt 85% dự toán",
    ],
)
def test_a_part_of_them_passes(part: str) -> None:
    assert says(part)


@pytest.mark.parametrize(
    ("told", "instead"),
    [
        ("9,6", "9,5"),
        ("9,6", "96"),
        ("9,6", "6,9"),
        ("12 lớp", "13 lớp"),
        ("12 lớp", "1.2 lớp"),
        ("85%", "85"),
        ("85%", "58%"),
        ("30/4/2026", "30/4/2025"),
        ("30/4/2026", "30/3/2026"),
        ("30/4/2026", "4/2026"),
        ("18/NQ-HĐND", "19/NQ-HĐND"),
        ("18/NQ-HĐND", "18/NQ-UBND"),
        ("Khe Trầm", "Khe Trấm"),
        ("Khe Trầm", "Bản Lèn"),
        ("Khe Trầm", "khe Trầm Khe"),
        ("Sở Tài chính", "Sở Nội vụ"),
        ("bố trí", "đã bố trí"),
        ("bố trí", "cắt giảm"),
        ("tỷ đồng", "triệu đồng"),
        ("không phải", "không phải không"),
    ],
)
def test_what_the_source_does_not_say_does_not_pass(told: str, instead: str) -> None:
    assert told in SOURCE
    assert not says(SOURCE.replace(told, instead))


@pytest.mark.parametrize("text", ["", " ", "…", "- "])
def test_a_sentence_without_words_does_not_pass(text: str) -> None:
    assert not says(text)


def test_a_span_that_bears_no_word_of_the_sentence_is_not_cited() -> None:
    spans = (WHOLE, Evidence(1, Span(0, 12)))
    assert not bears(Sentence(SOURCE, spans), lambda e: e.span.of(SOURCE))


def test_a_word_that_stands_once_is_not_said_twice() -> None:
    assert not says(f"{SOURCE} Khe Trầm")


def test_a_sentence_without_evidence_does_not_pass() -> None:
    assert not bears(Sentence("Sở Tài chính", ()), lambda _: SOURCE)


def test_the_evidence_of_one_sentence_does_not_bear_another() -> None:
    texts = {1: "Trồng mới 340 ha rừng.", 2: "Mở 12 lớp tập huấn."}
    here, there = (Evidence(i, Span(0, len(text))) for i, text in texts.items())
    wrong = [Sentence(texts[1], (there,)), Sentence(texts[2], (here,))]
    right = [Sentence(texts[1], (here,)), Sentence(texts[2], (there,))]
    assert verified(wrong, lambda e: texts[e.document]) == []
    assert verified(right, lambda e: texts[e.document]) == right


def test_two_spans_bear_a_sentence_together() -> None:
    text = "2. Sở Tài chính\nBố trí kinh phí 9,6 tỷ đồng."
    parts = (Evidence(1, Span(3, 15)), Evidence(1, Span(16, len(text))))
    sentence = Sentence("Sở Tài chính: Bố trí kinh phí 9,6 tỷ đồng.", parts)
    assert bears(sentence, lambda e: e.span.of(text))
    assert not bears(Sentence(sentence.text, parts[1:]), lambda e: e.span.of(text))


def test_white_space_of_the_source_does_not_matter() -> None:
    assert says("Trồng mới 340 ha rừng", "Trồng mới\n340  ha rừng")


def test_figures_that_change_places_do_not_pass() -> None:
    source = "Trồng mới 340 ha, chăm sóc 1.120 ha"
    assert not says("Trồng mới 1.120 ha, chăm sóc 340 ha", source)


def test_names_that_change_places_do_not_pass() -> None:
    source = "Sở Tài chính giao xã Khe Trầm bàn giao đất cho xã Bản Lèn"
    assert not says("Sở Tài chính giao xã Bản Lèn bàn giao đất cho xã Khe Trầm", source)


def test_a_negation_left_out_does_not_pass() -> None:
    assert not says("người dân phải đóng góp")


def test_the_number_of_a_list_bears_no_figure() -> None:
    assert not says("Mở 3 lớp tập huấn", "3. Mở 2 lớp tập huấn")


PLAN_SPANS = list(sentences(stored().text, Span(0, len(stored().text))))


@pytest.mark.parametrize("span", PLAN_SPANS, ids=lambda span: f"{span.start}-{span.end}")
def test_any_sentence_of_a_document_passes_on_its_own_span(span: Span) -> None:
    text = stored().text
    assert bears(Sentence(span.of(text), (Evidence(1, span),)), lambda e: e.span.of(text))


@given(strategies.vietnamese | strategies.anything)
def test_any_text_that_has_words_bears_itself(text: str) -> None:
    assert says(text, text) is any(c.isalnum() for c in unicodedata.normalize("NFC", text))


@given(strategies.vietnamese)
def test_composed_and_decomposed_letters_say_the_same(text: str) -> None:
    assert says(text, unicodedata.normalize("NFD", text))


@given(st.data(), st.integers(1, 9))
def test_any_changed_digit_is_noticed(data: st.DataObject, step: int) -> None:
    text = stored().text
    span = data.draw(st.sampled_from([s for s in PLAN_SPANS if re.search(r"\d", s.of(text))]))
    words = span.of(text)
    at = data.draw(st.sampled_from([m.start() for m in re.finditer(r"\d", words)]))
    changed = f"{words[:at]}{(int(words[at]) + step) % 10}{words[at + 1 :]}"
    assert not bears(Sentence(changed, (Evidence(1, span),)), lambda e: e.span.of(text))


@given(
    st.lists(strategies.syllables | st.integers(0, 10**6).map(str), min_size=2, max_size=12),
    st.data(),
)
def test_any_changed_word_is_noticed(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(words) - 1))
    other = data.draw(strategies.syllables)
    assume(other.lower() not in {word.lower() for word in words})
    source = " ".join(words)
    assert not says(" ".join([*words[:at], other, *words[at + 1 :]]), source)


def test_the_plan_has_figures_to_change() -> None:
    assert len([span for span in PLAN_SPANS if re.search(r"\d", span.of(stored().text))]) > 8
    assert "680.000" in PLAN
