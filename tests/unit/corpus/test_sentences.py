"""Where sentences and clauses end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Span
from corpus.sentences import clauses, sentences
from tests.strategies import anything, printed
from tests.strategies import sentences as some_sentences
from tests.unit.corpus.samples import LONG, quickly

_listed = st.lists(some_sentences, min_size=1, max_size=5).map(" ".join)
_texts = anything | printed() | _listed


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, Span(0, len(text)))]


def parts(text: str) -> list[str]:
    return [span.of(text) for span in clauses(text, Span(0, len(text)))]


def assert_tiles(text: str, within: Span, spans: list[Span]) -> None:
    """In order, apart, trimmed, and every character but white space is in one of them."""
    at = within.start
    for span in spans:
        assert at <= span.start < span.end <= within.end
        assert not text[at : span.start].strip()
        assert span.of(text) == span.of(text).strip()
        at = span.end
    assert not text[at : within.end].strip()


@given(_texts, st.data())
def test_sentences_tile_their_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    within = Span(start, data.draw(st.integers(start, len(text))))
    assert_tiles(text, within, list(sentences(text, within)))


@given(_texts, st.data())
def test_clauses_tile_their_sentence(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    within = Span(start, data.draw(st.integers(start, len(text))))
    assert_tiles(text, within, list(clauses(text, within)))


@pytest.mark.parametrize(
    "expected",
    [
        ["Tổ đã họp 11 lần trong năm.", "Báo cáo gửi chậm."],
        ["Đạt 77,8% kế hoạch.", "2026 là năm cuối."],
        ["Yêu cầu nghiêm túc thực hiện./.", "Nơi nhận"],
        ["Vì sao chậm?", "Do mưa lũ…", "Và thiếu vốn!"],
        ["Ông nói “đã xong.”", "Không ai trả lời."],
        ["UBND TP. Vân Lĩnh giao Sở Y tế."],
        ["KT. CHỦ TỊCH ký thay."],
        ["1. Giao Sở Tài chính."],
        ["II. MỤC TIÊU chung."],
        ["a. Chủ trì việc này."],
        ["1.2. Giao Sở Y tế."],
        ["Kinh phí 1.500.000 đồng."],
        ["Số 208/KH-UBND ngày 26/10/2022."],
        ["không có dấu chấm"],
    ],
)
def test_sentences(expected: list[str]) -> None:
    assert split(" ".join(expected)) == expected


def test_a_new_line_ends_a_sentence() -> None:
    assert split("KẾ HOẠCH\nChuyển đổi số") == ["KẾ HOẠCH", "Chuyển đổi số"]


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_no_words_no_sentences(text: str) -> None:
    assert split(text) == []


@pytest.mark.parametrize(
    "expected",
    [
        ["Rà soát hồ sơ;", "báo cáo kết quả;", "đề xuất xử lý."],
        ["Theo quy định (Luật A; Luật B) thì báo cáo;", "sau đó lưu."],
        ["Đề án “Một; hai” được duyệt;", "giao Sở Y tế."],
        ["Giao Sở Y tế (chủ trì),", "công an phối hợp."],
        ["một câu ngắn"],
    ],
)
def test_clauses(expected: list[str]) -> None:
    assert parts(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "." * LONG + "a",
        "A. " * (LONG // 3),
        "…" * LONG + " a",
        ". " + "(" * LONG,
        "A." + "”" * LONG + "b",
        "12. " * (LONG // 4),
    ],
)
def test_odd_long_texts_are_split_at_once(text: str) -> None:
    with quickly():
        split(text)


@pytest.mark.parametrize("text", ["a; " * LONG, "(a); " * LONG, "“a; " * LONG])
def test_a_sentence_of_many_clauses_is_split_at_once(text: str) -> None:
    with quickly():
        parts(text)
