"""Structural marks at the start of a paragraph."""

import pytest
from hypothesis import given

from corpus import markers as m
from corpus.markers import Marker, follows, marker_of, section_name
from tests.strategies import anything
from tests.unit.corpus.samples import LONG, quickly


@pytest.mark.parametrize(
    ("line", "rank", "value"),
    [
        ("PHỤ LỤC", m.ANNEX, ""),
        ("Phụ lục II", m.ANNEX, "II"),
        ("Phụ lục số 3.", m.ANNEX, "3"),
        ("PHỤ LỤC I DANH MỤC NHIỆM VỤ", m.ANNEX, "I"),
        ("PHỤ LỤC (Kèm theo", m.ANNEX, ""),
        ("Phần thứ nhất", m.PART, "nhất"),
        ("PHẦN II", m.PART, "II"),
        ("Chương IV", m.CHAPTER, "IV"),
        ("CHƯƠNG 2. QUY ĐỊNH", m.CHAPTER, "2"),
        ("Mục 4. NHIỆM VỤ", m.SECTION, "4"),
        ("Mục 1", m.SECTION, "1"),
        ("Điều 12. Hiệu lực", m.ARTICLE, "12"),
        ("Điều 8a. Bổ sung", m.ARTICLE, "8a"),
        ("Điều 3: Thi hành", m.ARTICLE, "3"),
        ("III. TỔ CHỨC", m.ROMAN, "III"),
        ("IX/ KẾT LUẬN", m.ROMAN, "IX"),
        ("XIV. Nội dung", m.ROMAN, "XIV"),
        ("1. Mục tiêu", m.ARABIC, "1"),
        ("12) Giao Sở", m.ARABIC, "12"),
        ("2.Về hạ tầng", m.ARABIC, "2"),
        ("1.2. Giao Sở", m.DECIMAL, "1.2"),
        ("3.1 Sở Y tế", m.DECIMAL, "3.1"),
        ("2.1.3. Chi tiết", m.DECIMAL3, "2.1.3"),
        ("a) Chủ trì", m.LETTER, "a"),
        ("đ. Phối hợp", m.LETTER, "đ"),
        ("b ) Phối hợp", m.LETTER, "b"),
        ("- Như trên", m.DASH, ""),
        ("–Như trên", m.DASH, ""),
        ("• Như trên", m.DASH, ""),
        ("+ 05 hồ", m.PLUS, ""),
        ("Thứ nhất, về", m.DASH, ""),
    ],
)
def test_marks(line: str, rank: int, value: str) -> None:
    found = marker_of(line)
    assert found is not None
    assert (found.rank, found.value) == (rank, value)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "2026 là năm",
        "31/7/2026",
        "1.500 lít dầu",
        "50.000 đồng",
        "12/2026/NQ-HĐND",
        "phụ lục",
        "Điều này",
        "Chương trình phối hợp",
        "Phần lớn",
        "Mục tiêu",
        "Khoản 2. Sửa",
        "IXI. Không",
        "V/v báo cáo",
        "X-quang",
        "I-ốt",
        "Thứ Hai hằng tuần",
        "Thứ ba hằng tuần",
    ],
)
def test_ordinary_lines_have_none(line: str) -> None:
    assert marker_of(line) is None


@pytest.mark.parametrize(
    "line", ["a) Chủ trì", "II. MỤC TIÊU", "1.2. Giao", "- Như trên", "Điều 3. Nơi"]
)
def test_the_length_ends_where_the_words_begin(line: str) -> None:
    found = marker_of(line)
    assert found
    assert line[found.length :].lstrip() == line.split(" ", 2 if line.startswith("Điều") else 1)[-1]


def test_a_spoken_ordinal_belongs_to_the_words() -> None:
    assert marker_of("Thứ hai, về nước sạch") == Marker(m.DASH, "", 0)


@given(anything)
def test_a_mark_is_a_beginning(line: str) -> None:
    found = marker_of(line)
    assert found is None or (0 <= found.length <= len(line) and found.value in line)


@pytest.mark.parametrize("character", ["I", "X", "-", "1", "1.", "(", " ", "a", "PHỤ LỤC "])
def test_odd_long_lines_are_read_at_once(character: str) -> None:
    with quickly():
        marker_of(character * LONG)


@pytest.mark.parametrize(
    ("value", "previous", "expected"),
    [
        ("2", "1", True),
        ("3", "1", True),
        ("4", "1", False),
        ("1", "7", True),
        ("1", "", True),
        ("2", "", False),
        ("2", "2", False),
        ("12", "3", False),
        ("a", "", True),
    ],
)
def test_follows(value: str, previous: str, expected: bool) -> None:
    assert follows(value, previous) is expected


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ([], ""),
        ([(m.ROMAN, "II"), (m.ARABIC, "3"), (m.LETTER, "a")], "II.3.a"),
        ([(m.CHAPTER, "I"), (m.ARTICLE, "4"), (m.ARABIC, "2")], "Điều 4.2"),
        ([(m.ANNEX, "I"), (m.ARABIC, "2")], "Phụ lục I.2"),
        ([(m.ANNEX, ""), (m.ARTICLE, "1")], "Phụ lục.Điều 1"),
        ([(m.ROMAN, "I"), (m.ARABIC, "1"), (m.DECIMAL, "1.2")], "I.1.2"),
        ([(m.ROMAN, "I"), (m.DECIMAL, "1.2")], "I.1.2"),
        ([(m.ARABIC, "2"), (m.DECIMAL, "2.1"), (m.DECIMAL3, "2.1.3")], "2.1.3"),
        ([(m.PART, "nhất"), (m.CHAPTER, "II"), (m.SECTION, "1")], "Phần nhất.Chương II.Mục 1"),
    ],
)
def test_section_names(path: list[tuple[int, str]], name: str) -> None:
    assert section_name([Marker(rank, value, 0) for rank, value in path]) == name
