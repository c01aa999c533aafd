"""Markdown marks out, words and offsets kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.markdown import strip_marks
from corpus.text import TracedText
from tests.strategies import words
from tests.unit.corpus.samples import LONG, quickly


def strip(text: str) -> tuple[str, bool]:
    line = strip_marks(TracedText.of(text), 0)
    return line.text, line.heading


@pytest.mark.parametrize(
    ("source", "text", "heading"),
    [
        ("## BÁO CÁO", "BÁO CÁO", True),
        ("### **I. TÌNH HÌNH**", "I. TÌNH HÌNH", True),
        ("**Nơi nhận:**", "Nơi nhận:", True),
        ("**ĐẢNG BỘ TỈNH VÂN LĨNH  ", "ĐẢNG BỘ TỈNH VÂN LĨNH", True),
        ("Độc lập - Tự do - Hạnh phúc**", "Độc lập - Tự do - Hạnh phúc", True),
        ("**Điều 1.** Ban hành kèm theo", "Điều 1. Ban hành kèm theo", False),
        ("*Khe Trầm, ngày 12 tháng 6*", "Khe Trầm, ngày 12 tháng 6", False),
        ("_nghiêng_ và __đậm__", "nghiêng và đậm", False),
        ("tên_tệp_này", "tên_tệp_này", False),
        ("Họ tên: ______ ngày", "Họ tên:  ngày", False),
        ("`mã` số", "mã số", False),
        ("1\\. Một \\- hai", "1. Một - hai", False),
        ("* mục", "* mục", False),
        ("* **mục** đậm", "* mục đậm", False),
        ("| a | b |", "| a | b |", False),
        ("#không phải tiêu đề", "#không phải tiêu đề", False),
    ],
)
def test_marks_are_taken_out(source: str, text: str, heading: bool) -> None:
    assert strip(source) == (text, heading)


@pytest.mark.parametrize(
    "source", ["***", "---", "- - -", "___", "| --- | :-: |", "|---|", "", "   "]
)
def test_a_line_of_marks_only_is_empty(source: str) -> None:
    assert strip(source)[0] == ""


@given(
    words, st.sampled_from(("{}", "# {}", "**{}**", "*{}*", "_{}_", "`{}`", "### **{}**", "  {}  "))
)
def test_words_survive_with_their_offsets(text: str, form: str) -> None:
    source = form.format(text)
    line = strip_marks(TracedText.of(source), 3)
    assert line.text == text
    assert line.gap == 3
    assert "".join(source[offset] for offset in line.words.at) == text


@pytest.mark.parametrize(
    "line",
    [
        " " * LONG,
        "-" * LONG + "x",
        "a" + "_" * LONG + "b",
        "**" + " " * LONG + "*a",
        "|" * LONG + "x",
        "\\" * LONG,
    ],
    ids=["spaces", "hyphens", "underscores", "open bold", "bars", "backslashes"],
)
def test_odd_long_lines_are_read_at_once(line: str) -> None:
    with quickly():
        strip(line)
