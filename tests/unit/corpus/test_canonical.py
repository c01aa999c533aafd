"""One canonical text: nothing added, everything traceable, what was left out noted."""

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.canonical import CanonicalText, SourceText, canonicalise
from corpus.text import INVISIBLE, squeeze
from tests.strategies import anything, printed, vietnamese
from tests.unit.corpus import samples
from tests.unit.corpus.test_text import at_origin

_UNSEEN = re.compile(f"[{INVISIBLE}]")
_marked = st.lists(
    st.sampled_from(
        ("# ", "**", "| ", "---", "\n", "\n\n", "*", "_", "`", "\\", "2\n", "....", "\t", "- ")
    )
    | vietnamese,
    max_size=10,
).map("".join)
_texts = anything | printed() | _marked


def canonical(text: str, markdown: bool = False) -> CanonicalText:
    return canonicalise(SourceText(text, markdown))


def plain(source: str) -> str:
    return squeeze(_UNSEEN.sub("", source))


def origin_of(found: CanonicalText) -> list[int]:
    """For each canonical character its offset in the source."""
    ends = [here for here, _ in found.origins[1:]] + [len(found.text)]
    return [
        there + i - here
        for (here, there), end in zip(found.origins, ends, strict=False)
        for i in range(here, end)
    ]


@given(_texts, st.booleans())
def test_between_omissions_the_text_stands_in_the_source(source: str, markdown: bool) -> None:
    found, whole = canonical(source, markdown), plain(source)
    at = 0
    edges = [0, *found.omissions, len(found.text)]
    for start, end in pairwise(edges):
        piece = squeeze(found.text[start:end])
        at = whole.find(piece, at)
        assert at >= 0, piece
        at += len(piece)


@given(_texts, st.booleans())
def test_paragraphs_tile_and_offsets_lie_inside(source: str, markdown: bool) -> None:
    found = canonical(source, markdown)
    at = origin_of(found)
    assert len(at) == len(found.text)
    assert all(0 <= offset <= len(source) for offset in at)
    assert list(found.omissions) == sorted(found.omissions)
    assert all(0 < offset < len(found.text) for offset in found.omissions)
    assert "\n".join(p.span.of(found.text) for p in found.paragraphs) == found.text
    assert all(p.span.of(found.text).strip() for p in found.paragraphs)


@given(vietnamese | printed(), st.booleans())
def test_each_character_is_what_stands_at_its_origin(source: str, markdown: bool) -> None:
    found = canonical(source, markdown)
    for character, offset in zip(found.text, origin_of(found), strict=True):
        assert character.isspace() or character == at_origin(source, offset)


@given(anything, st.booleans())
def test_text_is_composed_and_even(source: str, markdown: bool) -> None:
    text = canonical(source, markdown).text
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"[^\S \n]|  |^ | $|\n\n", text, re.MULTILINE)


@pytest.mark.parametrize("name", samples.NAMES)
def test_samples_keep_every_word_and_trace_it(name: str) -> None:
    source = samples.source(name)
    found = canonicalise(source)
    for character, offset in zip(found.text, origin_of(found), strict=True):
        assert character.isspace() or character == at_origin(source.text, offset)
    if not found.omissions:
        assert squeeze(found.text) in squeeze(source.text)


@pytest.mark.parametrize("name", samples.NAMES)
def test_reading_canonical_text_again_changes_no_word(name: str) -> None:
    text = samples.document(name).text
    assert squeeze(canonical(text).text) == squeeze(text)


@pytest.mark.parametrize("name", samples.NAMES)
def test_decomposed_samples_read_alike(name: str) -> None:
    source = samples.source(name)
    decomposed = SourceText(unicodedata.normalize("NFD", source.text), source.markdown)
    found, expected = canonicalise(decomposed), canonicalise(source)
    assert found.text == expected.text
    assert found.omissions == expected.omissions
    assert found.paragraphs == expected.paragraphs


def test_a_page_number_inside_a_sentence_is_an_omission() -> None:
    page = "Các sở, ban, ngành và địa phương tiếp tục rà soát, cập nhật và\n" * 9
    source = (
        f"{page}công khai tỷ lệ hồ sơ đúng hạn hằng tháng của các sở và\n\n2\n\nđịa phương tăng."
    )
    found = canonical(source)
    assert found.text.endswith("của các sở và địa phương tăng.")
    assert [found.text[offset:] for offset in found.omissions] == ["địa phương tăng."]


def test_rules_are_left_out_and_noted() -> None:
    found = canonical("HƯỚNG DẪN\n-----\nthực hiện")
    assert found.text == "HƯỚNG DẪN\nthực hiện"
    assert found.omissions == (len("HƯỚNG DẪN\n"),)


@pytest.mark.parametrize(
    "source", ["**a** b", "tê\u0301\u0323n", "a\u200b\u200bb", "a\x00\x00b", "a   \n\n b"]
)
def test_marks_and_what_is_not_seen_are_no_omission(source: str) -> None:
    assert canonical(source, markdown=True).omissions == ()


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\f", "\u2028", "\x85"])
def test_any_line_end_ends_a_line(end: str) -> None:
    assert canonical(f"1. Một.{end}2. Hai.").text == "1. Một.\n2. Hai."


@pytest.mark.parametrize("source", ["", " ", "\n\n", "\ufeff", "-----", "\x00", "\u0301"])
def test_odd_texts_never_fail(source: str) -> None:
    found = canonical(source)
    assert found.text in ("", "\u0301")
    assert len(found.paragraphs) == len(found.text)
