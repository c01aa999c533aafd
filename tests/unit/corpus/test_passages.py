"""Passages: every block once, whole sentences, under their headings."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Document
from corpus.passages import LONGEST, headings
from corpus.sentences import sentences
from tests.strategies import anything, printed
from tests.unit.corpus import samples
from tests.unit.corpus.samples import quickly, read


def assert_covered(document: Document) -> None:
    """In order, apart, every character but white space in one, no sentence cut."""
    at = 0
    for passage in document.passages:
        assert at <= passage.span.start < passage.span.end <= len(document.text)
        assert not document.text[at : passage.span.start].strip()
        at = passage.span.end
    assert not document.text[at:].strip()
    edges = {p.span.start for p in document.passages}
    for block in document.blocks:
        for sentence in sentences(document.text, block.span):
            assert not any(edge in edges for edge in range(sentence.start + 1, sentence.end))


@given(anything | printed(), st.booleans(), st.integers(1, 8))
def test_passages_cover_any_text(text: str, markdown: bool, times: int) -> None:
    assert_covered(read(f"{text}\n" * times, markdown=markdown))


@pytest.mark.parametrize("name", samples.NAMES)
def test_passages_cover_samples(name: str) -> None:
    assert_covered(samples.document(name))


@pytest.mark.parametrize("name", samples.NAMES)
def test_passages_are_short_enough_and_few(name: str) -> None:
    document = samples.document(name)
    assert all(p.span.end - p.span.start <= LONGEST + 150 for p in document.passages)
    assert len(document.passages) < len(document.blocks)


@pytest.mark.parametrize("name", samples.NAMES)
def test_a_passage_stands_where_its_first_block_stands(name: str) -> None:
    document = samples.document(name)
    for passage in document.passages:
        index = next(i for i, b in enumerate(document.blocks) if b.span.end > passage.span.start)
        assert passage.section == document.blocks[index].section
        assert passage.headings == headings(document.text, document.blocks, index)


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    text = " ".join(f"Câu thứ {i} nói về việc cấp nước của xã." for i in range(100, 200))
    document = read(text)
    assert len(document.blocks) == 1
    assert len(document.passages) > 3
    assert all(p.span.of(document.text).endswith("xã.") for p in document.passages)
    assert all(p.span.end - p.span.start <= LONGEST for p in document.passages)


def test_a_sentence_longer_than_the_longest_stays_whole() -> None:
    document = read("một hai ba " * 300)
    assert len(document.passages) == 1


def test_a_heading_is_not_left_alone() -> None:
    body = "Nội dung này dài và không có dấu chấm nào ở giữa " * 17
    document = read(f"I. MỤC TIÊU\n1. {body}.\nII. KINH PHÍ\n1. {body}.")
    begins = [p.span.of(document.text)[:5] for p in document.passages]
    assert begins == ["I. MỤ", "II. K"]


def test_signature_and_recipients_stand_apart_from_the_body() -> None:
    document = samples.document("kh-45-chuyen-doi-so-2026.txt")
    (tail,) = (p for p in document.passages if "Nơi nhận:" in p.span.of(document.text))
    assert tail.span.of(document.text).startswith("Nơi nhận:")
    assert tail.span.of(document.text).endswith("Phan Thị Thu Diệp")


def test_headings_lead_to_a_block_outermost_first() -> None:
    document = read("I. MỤC TIÊU\n1. Về nước: đủ.\na) Nước sạch.\n- Ở xã.\nII. KINH PHÍ\n1. Đủ.")
    found = [headings(document.text, document.blocks, i) for i in range(6)]
    assert found == [
        (),
        ("I. MỤC TIÊU",),
        ("I. MỤC TIÊU", "1. Về nước:"),
        ("I. MỤC TIÊU", "1. Về nước:"),
        (),
        ("II. KINH PHÍ",),
    ]


def test_an_attachment_is_not_below_the_headings_before_the_signature() -> None:
    document = read(
        "KẾ HOẠCH\nCấp nước\nCăn cứ nghị quyết:\nI. TỔ CHỨC\n1. Giao Sở Y tế.\n\nNơi nhận:\n"
        "- Như trên.\nCHỦ TỊCH\n\nPhan Thị Thu Diệp\nQUY CHẾ\nHoạt động của tổ\n1. Tổ họp hằng quý."
    )
    assert document.blocks[-1].section == "1"
    assert headings(document.text, document.blocks, len(document.blocks) - 1) == ()


def test_sections_of_passages_come_in_the_order_of_the_document() -> None:
    document = samples.document("hd-17-nam-bat-du-luan-cap-xa.txt")
    tops = [p.section.split(".")[0] for p in document.passages if p.section]
    assert tops == sorted(tops, key=["I", "II", "III", "IV", "V"].index)
    assert all(a.span.end < b.span.start for a, b in pairwise(document.passages))


def test_many_paragraphs_are_cut_at_once() -> None:
    with quickly():
        read("".join(f"Điều {i % 900}. Tên điều.\n1. Nội dung.\n" for i in range(4_000)))


def test_a_title_without_a_header_stays_with_what_it_names() -> None:
    document = read("Trồng rừng ven suối\n\n1. Mỗi xã trồng 5 ha.\n\n2. Xã báo cáo hằng quý.")
    assert document.passages[0].span.of(document.text).startswith("Trồng rừng ven suối\n1. Mỗi xã")
