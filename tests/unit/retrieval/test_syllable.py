import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import fold
from retrieval.syllable import is_syllable, key, shapes, spelled, untelexed

WORDS = (
    "ủy hòa thủy toàn nghị quyết hướng dẫn nguyễn khuỷu giếng quý quốc được đường Đắk Krông Búk "
    "nghiêng xoong hoạch chuyển tuyến yến úy gì già kiểm tra khoẻ"
).split()


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("uỷ", "ủy"), ("thuý", "thúy"), ("khoẻ", "khỏe"), ("Quí", "quí")],
)
def test_the_place_of_a_tone_mark_makes_no_difference(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize("word", [word for word in WORDS if word != "khoẻ"])
def test_a_syllable_is_spelled_as_offices_spell_it(word: str) -> None:
    assert spelled(key(word)) == word.lower()
    assert key(unicodedata.normalize("NFD", word)) == key(word)


@pytest.mark.parametrize("word", WORDS)
def test_a_syllable_is_among_the_shapes_of_its_letters(word: str) -> None:
    assert key(word) in shapes(fold(word))
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["ubnd", "internet", "stc", "w", "", "qđnd", "2025", "tinhr", "aaaa"]
)
def test_what_cannot_be_a_syllable_has_no_shapes(word: str) -> None:
    assert not is_syllable(word)
    assert shapes(word) == ()


@given(st.sampled_from(WORDS))
def test_every_shape_folds_to_the_letters_it_came_from(word: str) -> None:
    plain = fold(word)
    assert {fold(spelled(shape)) for shape in shapes(plain)} == {plain}
    assert len(set(shapes(plain))) == len(shapes(plain))


@given(st.text(max_size=12))
def test_any_text_has_a_key_and_keeps_it(text: str) -> None:
    assert key(spelled(key(text))) == key(text)
    assert fold(key(text)) == fold(text.lower())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tinhr", "tỉnh"), ("ddaats", "đất"), ("nghij", "nghị"), ("quyeets", "quyết"),
        ("huowngs", "hướng"), ("dduowcj", "được"), ("vieejc", "việc"), ("Suwar", "sửa"),
        ("toor", "tổ"), ("baos", "báo"), ("thuwj", "thự"), ("chuaanr", "chuẩn"),
        ("tieepes", None), ("ban", None), ("anh", None), ("UBND", None), ("tỉnhr", None),
        ("", None),
    ],
)  # fmt: skip
def test_telex_keys_are_resolved(typed: str, meant: str | None) -> None:
    assert untelexed(typed) == meant
