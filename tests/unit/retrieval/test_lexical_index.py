from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import PassageKey
from retrieval.lexical_index import LexicalIndex, pack, unpack
from retrieval.query import understand
from retrieval.syllable import key

ROWS = [
    (PassageKey(1, 0), "Trồng mới 340 ha rừng phòng hộ.", "Kế hoạch 61/KH-UBND"),
    (PassageKey(1, 1), "Sở Tài chính bố trí kinh phí trồng rừng.", "Kế hoạch 61/KH-UBND"),
    (PassageKey(2, 0), "Bí thư tiếp công dân ngày 15 hằng tháng.", "Thông báo 12-TB/ĐU"),
    (PassageKey(2, 1), "Người dân đăng ký với Văn phòng.", "Thông báo 12-TB/ĐU"),
    (PassageKey(3, 7), "Văn phòng tổng hợp kinh phí của người dân.", "Báo cáo 90/BC-UBND"),
]


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    index = LexicalIndex(tmp_path / "lexical")
    index.replace((), ROWS)
    return index


def keys(index: LexicalIndex, question: str, k: int = 10) -> list[PassageKey]:
    return [found for found, _ in index.search(understand(question).terms, k)]


def words(*terms: str) -> Sequence[tuple[str, float]]:
    return [(term, 1.0) for term in terms]


def test_the_passage_that_says_it_comes_first(index: LexicalIndex) -> None:
    assert keys(index, "Bí thư tiếp công dân ngày nào?")[0] == PassageKey(2, 0)


def test_a_rare_word_outranks_a_common_one(index: LexicalIndex) -> None:
    found = index.search(words("phong", "ho"), 10)
    assert found[0][0] == PassageKey(1, 0)


def test_best_first_with_falling_scores(index: LexicalIndex) -> None:
    scores = [score for _, score in index.search(words("kinh", "phi", "dan", "rung"), 10)]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 2


def test_not_more_than_asked_for(index: LexicalIndex) -> None:
    assert len(keys(index, "kinh phí của người dân", 2)) == 2


def test_a_question_without_diacritics_finds_the_same(index: LexicalIndex) -> None:
    assert keys(index, "tiep cong dan") == keys(index, "tiếp công dân")


def test_a_passage_is_found_by_its_context_but_its_own_words_weigh_more(
    index: LexicalIndex,
) -> None:
    assert keys(index, "90/BC-UBND")[0] == PassageKey(3, 7)
    index.replace((), [(PassageKey(4, 0), "Báo cáo 90/BC-UBND nêu rõ.", "")])
    assert keys(index, "90/BC-UBND")[0] == PassageKey(4, 0)


def test_weights_decide_between_words(index: LexicalIndex) -> None:
    heavy_people = index.search([("rung", 0.1), ("dan", 1.0)], 1)
    heavy_forest = index.search([("rung", 1.0), ("dan", 0.1)], 1)
    assert heavy_people[0][0].document in (2, 3)
    assert heavy_forest[0][0].document == 1


def test_nothing_asked_nothing_found(index: LexicalIndex) -> None:
    assert index.search((), 10) == []
    assert index.search(words("khongcotu"), 10) == []


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    assert LexicalIndex(tmp_path / "empty").search(words("rung"), 10) == []


def test_replace_forgets_one_document_whole_and_no_other(index: LexicalIndex) -> None:
    index.replace([1], [])
    assert keys(index, "trồng rừng") == []
    assert keys(index, "tiếp công dân")[0] == PassageKey(2, 0)


def test_replace_puts_the_new_words_in_place_of_the_old(index: LexicalIndex) -> None:
    index.replace([1], [(PassageKey(1, 0), "Xây dựng cầu treo.", "")])
    assert index.search(words("rung", "trong_rung"), 10) == []
    assert keys(index, "cầu treo") == [PassageKey(1, 0)]


def test_replacing_twice_leaves_one(index: LexicalIndex) -> None:
    index.replace([1, 2, 3], ROWS)
    index.replace([1, 2, 3], ROWS)
    assert keys(index, "tiếp công dân").count(PassageKey(2, 0)) == 1


def test_it_is_there_again_when_opened_again(index: LexicalIndex, tmp_path: Path) -> None:
    again = LexicalIndex(tmp_path / "lexical")
    assert keys(again, "tiếp công dân") == keys(index, "tiếp công dân")


def test_another_instance_sees_what_was_committed(index: LexicalIndex, tmp_path: Path) -> None:
    reader = LexicalIndex(tmp_path / "lexical")
    assert keys(reader, "cầu treo") == []
    index.replace((), [(PassageKey(9, 0), "Xây dựng cầu treo.", "")])
    assert keys(reader, "cầu treo") == [PassageKey(9, 0)]


def test_a_failed_replace_changes_nothing(index: LexicalIndex, tmp_path: Path) -> None:
    def broken() -> "list[tuple[PassageKey, str, str]]":
        raise RuntimeError("mất điện")

    with pytest.raises(RuntimeError, match="mất điện"):
        index.replace([1, 2], (row for row in broken()))
    assert keys(LexicalIndex(tmp_path / "lexical"), "tiếp công dân")[0] == PassageKey(2, 0)


def test_a_rare_term_weighs_more_than_a_common_one(index: LexicalIndex) -> None:
    weights = index.weights(["bi", "kinh"])
    assert weights["bi"] > weights["kinh"] > 0


def test_an_unseen_pair_weighs_little_and_an_unseen_word_much(index: LexicalIndex) -> None:
    weights = index.weights(["cau_treo", "treo", "bi_thu"])
    assert weights["cau_treo"] < weights["bi_thu"] < weights["treo"]


def test_weights_of_an_empty_index_are_positive(tmp_path: Path) -> None:
    weights = LexicalIndex(tmp_path / "empty").weights(["rung", "rung", "trong_rung"])
    assert weights.keys() == {"rung", "trong_rung"}
    assert all(weight > 0 for weight in weights.values())


@given(st.integers(0, 2**40), st.integers(0, 2**20 - 1))
def test_a_packed_key_comes_out_as_it_went_in(document: int, ordinal: int) -> None:
    key = PassageKey(document, ordinal)
    assert unpack(pack(key)) == key


@given(st.tuples(st.integers(0, 2**40), st.integers(0, 2**20 - 1)), st.integers(0, 2**20 - 1))
def test_packed_keys_of_one_document_lie_together(key: tuple[int, int], ordinal: int) -> None:
    document = key[0]
    first, beyond = pack(PassageKey(document, 0)), pack(PassageKey(document + 1, 0))
    assert first <= pack(PassageKey(document, ordinal)) < beyond


def test_it_tells_how_the_corpus_spells(index: LexicalIndex) -> None:
    assert index.passages == len(ROWS)
    assert index.spelled_in(key("rừng")) == 2
    assert index.spelled_in(key("rung")) == 0
    assert index.spelled_in(f"{key('kinh')}_{key('phí')}") == 2
    assert index.folded_in("kinh_phi") == 2


def test_where_a_passage_belongs_is_part_of_its_words(index: LexicalIndex) -> None:
    first = keys(index, "Kế hoạch 61/KH-UBND bố trí kinh phí", 1)
    assert first == [PassageKey(1, 1)]


def test_a_term_of_most_passages_does_not_decide(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path / "many")
    rows = [(PassageKey(i, 0), "chung tất cả", "") for i in range(1, 400)]
    index.replace((), [*rows, (PassageKey(400, 0), "riêng", "")])
    assert [found for found, _ in index.search(words("chung", "rieng"), 5)] == [PassageKey(400, 0)]
    assert len(index.search(words("chung"), 5)) == 5
