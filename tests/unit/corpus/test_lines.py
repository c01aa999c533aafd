"""Printed lines back into paragraphs."""

import pytest
from hypothesis import given

from corpus.lines import Line, paragraphs
from corpus.text import TracedText, squeeze
from tests.strategies import printed
from tests.unit.corpus.samples import LONG, quickly


def joined(text: str, *, markdown: bool = False) -> list[str]:
    """The paragraphs of lines given as one string; an empty line is a gap."""
    lines: list[Line] = []
    gap = 0
    for line in text.split("\n"):
        words = TracedText.of(line).strip()
        lines.append(Line(words, gap))
        gap = 0 if len(words) else gap + 1
    return [p.words.text for p in paragraphs(lines, markdown=markdown)]


WRAPPED = """\
Thực hiện Kế hoạch năm 2026 của Ủy ban nhân dân tỉnh về việc giao
nhiệm vụ cho các sở, ban, ngành và địa phương, yêu cầu các cơ quan
khẩn trương triển khai, bảo đảm tiến độ đã đề ra trong kế hoạch.
"""


def test_a_wrapped_paragraph_is_one() -> None:
    assert joined(WRAPPED) == [" ".join(WRAPPED.split())]


def test_blank_lines_between_printed_lines_do_not_matter() -> None:
    assert joined(WRAPPED.replace("\n", "\n\n")) == joined(WRAPPED)


def test_unwrapped_lines_stay_apart() -> None:
    text = "I. YÊU CẦU\n1. Báo cáo đúng hạn.\n2. Không liệt kê văn bản.\nGiao Sở Nội vụ theo dõi."
    assert joined(text) == text.split("\n")


@pytest.mark.parametrize(
    ("end", "start", "number"),
    [
        ("theo Kết luận số 137-", "KL/TW ngày 17 tháng 3", "137-KL/TW"),
        ("theo Quyết định số 407/QĐ-", "TTg ngày 30 tháng 3", "407/QĐ-TTg"),
        ("theo Kế hoạch số 208/", "KH-UBND ngày 26 tháng 10", "208/KH-UBND"),
    ],
)
def test_a_number_broken_at_its_hyphen_closes_up(end: str, start: str, number: str) -> None:
    body = WRAPPED.rstrip(".\n")
    (whole,) = joined(f"{body} {end}\n{start} được thông qua.")
    assert f"số {number} ngày" in whole


def test_a_dash_between_words_keeps_its_spaces() -> None:
    (whole,) = joined("phát triển kinh tế -\nxã hội của tỉnh")
    assert "kinh tế - xã hội" in whole


def test_structural_marks_open_paragraphs() -> None:
    text = WRAPPED + "a) Giao Sở Y tế chủ trì.\n- Phối hợp với công an.\n+ Báo cáo hằng quý."
    assert joined(text)[1:] == text.split("\n")[3:]


def test_a_month_that_starts_a_printed_line_is_no_mark() -> None:
    text = WRAPPED.replace(
        "khẩn trương",
        "hoàn thành trước ngày cuối cùng của quý bốn, cụ thể là trong tháng\n12. Sau đó",
    )
    assert len(joined(text)) == 1


def test_items_ending_in_semicolons_stay_apart() -> None:
    text = "Nơi nhận:\n- Như trên;\n- UBND tỉnh;\n- Lưu: VT."
    assert joined(text) == text.split("\n")


def test_capitals_stand_alone() -> None:
    assert joined("KẾ HOẠCH\nphòng, chống thiên tai") == ["KẾ HOẠCH", "phòng, chống thiên tai"]


def test_a_heading_in_capitals_over_two_lines_is_one() -> None:
    assert joined("I. CÔNG TÁC LÃNH ĐẠO,\nCHỈ ĐẠO") == ["I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO"]


def test_table_rows_stay_apart() -> None:
    rows = "| 1 | Di dời | Phòng Kinh tế |\n| 2 | Cắm biển | trưởng thôn |"
    assert joined(rows, markdown=True) == rows.split("\n")


def test_page_numbers_that_count_up_are_left_out() -> None:
    page = "\n".join(f"Dòng thứ {i} của trang này còn dài hơn nữa." for i in range(9))
    text = f"{page}\n2\n{page}\n- 3 -\n{page}"
    assert not {"2", "- 3 -"} & set(joined(text))


def test_a_number_that_is_no_page_stays() -> None:
    page = "\n".join(f"Dòng thứ {i} của trang này còn dài hơn nữa." for i in range(9))
    assert "57" in " ".join(joined(f"{page}\n57\n{page}")).split()


@given(printed())
def test_joining_keeps_every_word_in_order(text: str) -> None:
    assert squeeze("".join(joined(text))) == squeeze(text)


def test_no_lines_give_no_paragraphs() -> None:
    assert joined("") == []


def test_one_paragraph_of_many_lines_is_joined_at_once() -> None:
    with quickly():
        assert len(joined("một dòng không dấu chấm\n" * 10_000)) == 1


@pytest.mark.parametrize(
    "line", ["a" + " " * LONG + "b", "a  b " * (LONG // 5), "-" * LONG + "x", "5" * LONG]
)
def test_odd_long_lines_are_read_at_once(line: str) -> None:
    with quickly():
        joined(line)
