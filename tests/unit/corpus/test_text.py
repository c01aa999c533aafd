"""Canonical characters: NFC, and each one traceable to the source."""

import re
import unicodedata
from array import array
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import INVISIBLE, LOWER, UPPER, TracedText, fold, join, squeeze, syllables
from tests.strategies import anything, vietnamese

_UNSEEN = re.compile(f"[{INVISIBLE}]")
_CLUSTER = re.compile(f".[\u0300-\u036f{INVISIBLE}]*", re.DOTALL)
_sprinkled = st.lists(
    st.sampled_from(("\u200b", "\u00ad", "\ufeff", "\x00", "")) | vietnamese, max_size=4
).map("".join)


def at_origin(source: str, offset: int) -> str:
    """The letter that stands at `offset` of the source, with its marks, composed."""
    cluster = _CLUSTER.match(source, offset)
    assert cluster
    return unicodedata.normalize("NFC", _UNSEEN.sub("", cluster.group()))


@given(anything)
def test_text_is_nfc_without_what_is_not_seen(source: str) -> None:
    assert TracedText.of(source).text == unicodedata.normalize("NFC", _UNSEEN.sub("", source))


@given(anything)
def test_offsets_lie_in_the_source_and_never_go_back(source: str) -> None:
    at = list(TracedText.of(source).at)
    assert at == sorted(at)
    assert all(0 <= offset < len(source) for offset in at)


@given(_sprinkled)
def test_each_character_is_what_stands_at_its_origin(source: str) -> None:
    traced = TracedText.of(source)
    for character, offset in zip(traced.text, traced.at, strict=True):
        assert character == at_origin(source, offset)


def test_a_decomposed_letter_points_at_its_first_code_point() -> None:
    source = unicodedata.normalize("NFD", "Đắk Lắk")
    traced = TracedText.of(source)
    assert traced.text == "Đắk Lắk"
    assert [source[offset] for offset in traced.at] == list("Đak Lak")


def test_other_scripts_are_composed_too() -> None:
    source = unicodedata.normalize("NFD", "한글 tiếng")
    traced = TracedText.of(source)
    assert traced.text == "한글 tiếng"
    assert source[traced.at[3]] == "t"


def test_a_flood_of_marks_on_one_letter_is_cut_short() -> None:
    assert len(TracedText.of("a" + "\u0301\u0323" * 100_000).text) < 40


@given(anything)
def test_collapsed_is_words_with_single_spaces(source: str) -> None:
    traced = TracedText.of(source)
    assert traced.collapsed().text == " ".join(traced.text.split())


@given(anything)
def test_strip_keeps_the_offsets_of_what_is_left(source: str) -> None:
    traced = TracedText.of(source)
    stripped = traced.strip()
    assert stripped.text == traced.text.strip()
    start = traced.text.find(stripped.text)
    assert stripped.at == traced.at[start : start + len(stripped)]


@given(anything)
def test_runs_give_back_every_offset(source: str) -> None:
    traced = TracedText.of(source).collapsed()
    runs = traced.runs()
    ends = [here for here, _ in runs[1:]] + [len(traced)]
    spread = [
        there + i - here
        for (here, there), end in zip(runs, ends, strict=False)
        for i in range(here, end)
    ]
    assert spread == list(traced.at)
    assert all(a[1] - a[0] != b[1] - b[0] for a, b in pairwise(runs))


def test_without_takes_out_matches_only() -> None:
    traced = TracedText.of("a**b**c").without(re.compile(r"\*+"))
    assert (traced.text, list(traced.at)) == ("abc", [0, 3, 6])


def test_join_points_separators_behind_the_part_before() -> None:
    first, second = TracedText.of("ab cd")[0:2], TracedText.of("ab cd")[3:5]
    whole = join([first, second], "\n")
    assert (whole.text, list(whole.at)) == ("ab\ncd", [0, 1, 2, 3, 4])


def test_every_character_needs_its_offset() -> None:
    with pytest.raises(ValueError, match="one offset"):
        TracedText("ab", array("q", [0]))


@given(vietnamese)
def test_squeeze_is_blind_to_form_space_and_marks(text: str) -> None:
    written = unicodedata.normalize("NFD", text.replace(" ", "  **").replace("\n", "\n\n# "))
    assert squeeze(written) == squeeze(text)
    assert squeeze(squeeze(text)) == squeeze(text)


@given(vietnamese)
def test_fold_leaves_plain_lower_case(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == folded.lower()
    assert fold(text.upper()) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Đường Nguyễn", "duong nguyen"), ("ƯỚC", "uoc"), ("quý III/2026", "quy iii/2026")],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_syllables_are_runs_of_letters_and_digits() -> None:
    assert syllables("Số 45/KH-UBND, ngày_22") == ["Số", "45", "KH", "UBND", "ngày", "22"]


def test_capitals_and_small_letters_cover_the_alphabet() -> None:
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    vowels = [unicodedata.normalize("NFC", v + t) for v in "aăâeêioôơuưy" for t in tones]
    for letter in [*vowels, "đ"]:
        assert re.fullmatch(f"[{LOWER}]", letter), letter
        assert re.fullmatch(f"[{UPPER}]", letter.upper()), letter
        assert not re.fullmatch(f"[{UPPER}]", letter), letter
