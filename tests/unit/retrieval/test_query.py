import pytest
from hypothesis import given

from corpus.text import fold
from retrieval.query import telling_terms, told, understand
from tests import strategies


def weights(question: str) -> dict[str, float]:
    return dict(understand(question).terms)


def test_telling_words_weigh_more_than_asking_ones() -> None:
    found = weights("Trồng bao nhiêu ha rừng?")
    assert found["rung"] > found["bao"]
    assert found["rung"] == found["ha_rung"]
    assert found["bao_nhieu"] == found["bao"]


def test_a_pair_of_an_asking_and_a_telling_word_tells_half() -> None:
    found = weights("Trồng bao nhiêu rừng")
    assert found["bao_nhieu"] < found["trong_bao"] < found["trong"]


def test_every_term_stands_once() -> None:
    terms = [term for term, _ in understand("rừng và rừng và rừng").terms]
    assert len(terms) == len(set(terms))


def test_an_abbreviation_is_searched_written_out() -> None:
    query = understand("STC bố trí gì?")
    assert "Sở Tài chính" in query.text
    assert {"tai_chinh", "so_tai"} <= set(weights("STC bố trí gì?"))


def test_a_long_form_is_searched_in_short_too_but_weighs_less() -> None:
    found = weights("Sở Tài chính bố trí gì?")
    assert 0 < found["stc"] < found["chinh"]


def test_the_abbreviation_does_not_weaken_a_word_that_was_said() -> None:
    said_both = weights("Ban Thường vụ (BTV) họp")
    assert said_both["thuong"] == 1.0


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("tinh van linh trong bao nhieu ha rung", True),
        ("Tỉnh Vân Lĩnh trồng bao nhiêu ha rừng", False),
        ("rung", False),
        ("", False),
    ],
)
def test_a_question_without_diacritics_is_told_from_one_with_them(
    question: str, plain: bool
) -> None:
    assert understand(question).plain is plain


def test_an_empty_question_has_no_terms() -> None:
    assert understand("?").terms == ()


@given(strategies.words)
def test_hasty_typing_asks_for_the_same_terms(text: str) -> None:
    careful, hasty = understand(text), understand(fold(text))
    assert {term for term, _ in careful.terms} == {term for term, _ in hasty.terms}


@given(strategies.vietnamese | strategies.anything)
def test_any_text_is_understood(text: str) -> None:
    assert all(0 < weight <= 1 for _, weight in understand(text).terms)


def test_a_word_is_not_taken_for_another_that_only_folds_like_it() -> None:
    assert told("tại xã") == [("tai", False), ("xa", True)]
    assert told("Sở Tài chính") == [("so", True), ("tai", True), ("chinh", True)]
    assert told("Trồng rừng trong năm")[0] == ("trong", True)
    assert told("Trồng rừng trong năm")[2] == ("trong", False)


def test_typed_in_haste_a_word_counts_unless_it_can_only_ask() -> None:
    assert dict(told("so tai chinh duoc giao nhung viec gi"))["tai"]
    assert not dict(told("so tai chinh duoc giao nhung viec gi"))["nhung"]


def test_a_phrase_that_asks_is_known_in_haste_too() -> None:
    for text in ("Trồng bao nhiêu ha rừng?", "trong bao nhieu ha rung"):
        assert not dict(told(text))["nhieu"]
        assert dict(told(text))["ha"]


def test_words_that_are_idle_here_do_not_tell() -> None:
    assert dict(told("được giao nhiệm vụ trồng rừng"))["nhiem"]
    assert not dict(told("được giao nhiệm vụ trồng rừng", ["nhiệm vụ"]))["nhiem"]


def test_telling_terms_are_telling_syllables_and_pairs_of_them() -> None:
    assert telling_terms("Trồng bao nhiêu ha rừng?") == ["trong", "ha", "rung", "ha_rung"]
    assert telling_terms("rừng và rừng") == ["rung"]


@pytest.mark.parametrize(
    ("question", "across"),
    [
        ("Những địa phương nào kiến nghị về kinh phí?", True),
        ("cac xa nao bao cao cham", True),
        ("So sánh kết quả trồng rừng của hai xã", True),
        ("Xã nào trồng nhiều rừng nhất?", False),
        ("Kế hoạch trồng rừng do ai ký?", False),
    ],
)
def test_it_is_told_whether_several_are_asked_for(question: str, across: bool) -> None:
    assert understand(question).across is across


def test_a_pair_with_a_word_that_tells_nothing_weighs_less() -> None:
    found = weights("kinh phí hoặc hướng dẫn")
    assert found["phi_hoac"] < found["kinh_phi"]
