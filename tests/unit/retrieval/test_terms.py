import unicodedata

from hypothesis import given, settings

from corpus.text import fold
from retrieval.terms import folded, pairs, terms
from tests import strategies


def test_syllables_lose_case_and_diacritics() -> None:
    assert folded("Đảng ủy xã Khe Trầm") == ["dang", "uy", "xa", "khe", "tram"]


def test_a_number_is_the_same_with_and_without_leading_zeros() -> None:
    assert folded("05 thôn, 5 bản, 00 hộ, 0 người") == [
        *("5", "thon", "5", "ban"),
        *("0", "ho", "0", "nguoi"),
    ]


def test_a_document_number_becomes_its_parts() -> None:
    assert folded("số 061/KH-UBND") == ["so", "61", "kh", "ubnd"]


def test_neighbours_are_paired() -> None:
    assert pairs(["trong", "rung", "phong", "ho"]) == ["trong_rung", "rung_phong", "phong_ho"]
    assert pairs(["trong"]) == []


def test_pairs_stand_beside_syllables() -> None:
    assert set(terms("Trồng rừng chăm sóc")) == {
        *("trong", "rung", "cham", "soc"),
        *("trong_rung", "rung_cham", "cham_soc"),
    }


def test_no_pair_reaches_over_a_full_stop_or_a_bracket() -> None:
    found = terms("Trồng rừng. Chăm sóc (năm nay)")
    assert "rung_cham" not in found
    assert "soc_nam" not in found
    assert {"trong_rung", "cham_soc", "nam_nay"} <= set(found)


@settings(max_examples=50)
@given(strategies.vietnamese)
def test_hasty_typing_gives_the_same_terms(text: str) -> None:
    assert terms(fold(text)) == terms(text)


@settings(max_examples=50)
@given(strategies.vietnamese)
def test_composed_and_decomposed_letters_give_the_same_terms(text: str) -> None:
    assert terms(unicodedata.normalize("NFD", text)) == terms(unicodedata.normalize("NFC", text))


@settings(max_examples=50)
@given(strategies.anything)
def test_every_syllable_is_a_term_and_no_term_holds_white_space(text: str) -> None:
    found = terms(text)
    assert set(folded(text)) <= set(found)
    assert not any(term.split() != [term] for term in found)
