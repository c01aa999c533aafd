"""The parts of a document: kinds, sections, headings, what belongs to what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.markers import PLAIN
from corpus.model import Block, BlockKind, Document
from corpus.structure import children
from tests.strategies import anything, printed
from tests.unit.corpus import samples
from tests.unit.corpus.samples import read


def sections(document: Document) -> list[tuple[str, str]]:
    return [(b.section, b.span.of(document.text)) for b in document.blocks]


def block_of(document: Document, words: str) -> tuple[int, Block]:
    for i, block in enumerate(document.blocks):
        if block.span.of(document.text).startswith(words):
            return i, block
    raise AssertionError(f"{words!r} begins no block")


def section(document: Document, words: str) -> str:
    return block_of(document, words)[1].section


def below(document: Document, words: str) -> list[str]:
    index, _ = block_of(document, words)
    return [document.blocks[i].span.of(document.text) for i in children(document.blocks, index)]


@given(anything | printed(), st.booleans())
def test_blocks_are_the_paragraphs_in_order(text: str, markdown: bool) -> None:
    document = read(text, markdown=markdown)
    assert "\n".join(b.span.of(document.text) for b in document.blocks) == document.text
    for block in document.blocks:
        assert block.span.contains(block.heading)


@given(printed())
def test_children_follow_and_lie_deeper_or_beside(text: str) -> None:
    blocks = read(text).blocks
    for i in range(len(blocks)):
        below = children(blocks, i)
        assert below.start == i + 1
        assert below.stop <= max(len(blocks), below.start)
        assert all(blocks[j].section.startswith(blocks[i].section) for j in below)
        if blocks[i].rank != PLAIN:
            assert all(blocks[j].rank > blocks[i].rank for j in below)


PLAN = read(
    """KẾ HOẠCH
Cấp nước năm 2026

Căn cứ nghị quyết của tỉnh, UBND tỉnh ban hành Kế hoạch như sau:
I. MỤC TIÊU
1. Hộ dân dùng nước sạch.
II. NHIỆM VỤ
1. Sở Y tế
a) Giám sát chất lượng nước.
b) Công bố kết quả, gồm:
- Kết quả quý một;
+ Của từng xã;
- Kết quả quý hai.
2. Sở Tài chính: bố trí kinh phí.
Trên đây là Kế hoạch cấp nước năm 2026.

Nơi nhận:
- Như trên;
- Lưu: VT.

CHỦ TỊCH

Phan Thị Thu Diệp
PHỤ LỤC I
1. Danh mục công trình
"""
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("KẾ HOẠCH", ""),
        ("Căn cứ", ""),
        ("I. MỤC TIÊU", "I"),
        ("1. Hộ dân", "I.1"),
        ("II. NHIỆM VỤ", "II"),
        ("1. Sở Y tế", "II.1"),
        ("a) Giám sát", "II.1.a"),
        ("- Kết quả quý một", "II.1.b"),
        ("+ Của từng xã", "II.1.b"),
        ("2. Sở Tài chính", "II.2"),
        ("Trên đây là", ""),
        ("- Như trên", ""),
        ("Phan Thị", ""),
        ("PHỤ LỤC I", "Phụ lục I"),
        ("1. Danh mục", "Phụ lục I.1"),
    ],
)
def test_sections(words: str, expected: str) -> None:
    assert section(PLAN, words) == expected


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("KẾ HOẠCH", BlockKind.HEADER),
        ("Cấp nước", BlockKind.TITLE),
        ("Căn cứ", BlockKind.PARAGRAPH),
        ("I. MỤC TIÊU", BlockKind.HEADING),
        ("1. Sở Y tế", BlockKind.HEADING),
        ("1. Hộ dân", BlockKind.ITEM),
        ("a) Giám sát", BlockKind.ITEM),
        ("- Kết quả quý", BlockKind.ITEM),
        ("- Như trên", BlockKind.RECIPIENTS),
        ("CHỦ TỊCH", BlockKind.SIGNATURE),
        ("PHỤ LỤC I", BlockKind.HEADING),
    ],
)
def test_kinds(words: str, kind: BlockKind) -> None:
    assert block_of(PLAN, words)[1].kind is kind


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("I. MỤC TIÊU", "I. MỤC TIÊU"),
        ("2. Sở Tài chính", "2. Sở Tài chính:"),
        ("1. Hộ dân", ""),
        ("Căn cứ", ""),
        ("- Kết quả quý", ""),
    ],
)
def test_headings(words: str, heading: str) -> None:
    assert block_of(PLAN, words)[1].heading.of(PLAN.text) == heading


def test_children_of_a_section_and_of_a_list() -> None:
    assert below(PLAN, "I. MỤC TIÊU") == ["1. Hộ dân dùng nước sạch."]
    assert [line[:2] for line in below(PLAN, "1. Sở Y tế")] == ["a)", "b)", "- ", "+ ", "- "]
    assert below(PLAN, "- Kết quả quý một") == ["+ Của từng xã;"]
    assert below(PLAN, "a) Giám sát") == []


def test_children_end_where_the_frame_begins() -> None:
    assert below(PLAN, "Trên đây là") == []


def test_rows_of_a_table_are_rows() -> None:
    document = samples.document("kh-dong-may-thien-tai-2026.md")
    rows = [b for b in document.blocks if b.kind is BlockKind.TABLE_ROW]
    assert len(rows) == 7
    assert {b.section for b in rows} == {"IV"}


def test_two_sets_of_articles_are_told_apart_by_chapter() -> None:
    document = samples.document("qd-1640-quy-che-van-linh-lang-nghe.md")
    assert section(document, "1. Quyết định số 890") == "Điều 2.1"
    assert section(document, "b) Người đứng đầu") == "Điều 4.4.b"
    assert section(document, "QUY CHẾ") == ""


def test_decimal_numbers_hold_the_number_above() -> None:
    document = samples.document("tb-63-ket-luan-nuoc-sach.md")
    assert section(document, "1.2. Giao Sở") == "1.2"
    assert section(document, "2.3. Đối với") == "2.3"
