"""How much of a text reads as Vietnamese."""

import pytest
from hypothesis import given

from corpus.quality import quality
from tests.strategies import anything, words
from tests.unit.corpus import samples


@given(anything)
def test_quality_is_a_share(text: str) -> None:
    assert 0.0 <= quality(text) <= 1.0


@given(words)
def test_vietnamese_reads_well(text: str) -> None:
    assert quality(text) > 0.9


@pytest.mark.parametrize("name", samples.NAMES)
def test_samples_read_well(name: str) -> None:
    assert samples.document(name).quality > 0.97


@pytest.mark.parametrize(
    "junk",
    [
        "§éc lËp - Tù do - H¹nh phóc, céng hßa x· héi chñ nghÜa",
        "xkqz wrtp fghj bnmv lkjh qwrt zxcv",
        "The administrative procedures throughout Switzerland",
    ],
)
def test_junk_reads_badly(junk: str) -> None:
    assert quality(junk) < 0.75


@pytest.mark.parametrize("text", ["", "1 2 3", "208/KH-UBND", "UBND HĐND"])
def test_numbers_and_codes_say_nothing(text: str) -> None:
    assert quality(text) == 0.0
