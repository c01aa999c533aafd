from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import fold
from retrieval.spelling import Counts, mended
from retrieval.syllable import key

PASSAGES = (
    "Quy chế họp báo ban hành kèm theo Quyết định số 12/QĐ-UBND của Ủy ban nhân dân tỉnh Vân Lĩnh",
    "Ủy ban nhân dân tỉnh Vân Lĩnh tổ chức họp báo hằng quý và cung cấp thông tin cho báo chí",
    "Thanh tra tỉnh theo dõi việc tiếp công dân của các sở, ban, ngành",
    "Phương hướng nhiệm vụ năm 2026 của tỉnh Vân Lĩnh là nâng cao chất lượng phục vụ",
    "Xã Khe Trầm có 12 hộ nghèo được hỗ trợ xây dựng nhà ở",
    "Các xã báo cáo kết quả thực hiện kế hoạch chuyển đổi số",
)


class Spellings(Counts):
    """How some passages spell."""

    def __init__(self, passages: tuple[str, ...] = PASSAGES) -> None:
        self._passages = len(passages)
        self._counts: Counter[str] = Counter()
        for passage in passages:
            keys = [key(word) for word in passage.replace(",", " ").split()]
            self._counts.update({*keys, *map("_".join, pairwise(keys))})
        self._folded = {fold(spelling) for spelling in self._counts}

    @property
    def passages(self) -> int:
        return self._passages

    def spelled_in(self, spelling: str) -> int:
        return self._counts[spelling]

    def folded_in(self, term: str) -> int:
        return int(term in self._folded)


MEANT = [
    ("quy che hop bao ban hanh tai quyet dinh nao", "quy chế họp báo ban hành tại quyết định nào"),
    ("phuong huong nam 2026", "phương hướng năm 2026"),
    ("Thanh tra tinh lam gi?", "Thanh tra tỉnh làm gì?"),
    ("Van Linh to chuc hop bao bao nhieu lan", "Vân Lĩnh tổ chức họp báo bao nhiêu lần"),
    ("Quy chees hopj baos", "Quy chế họp báo"),
    ("họp báo của tỉnh Van Linh", "họp báo của tỉnh Vân Lĩnh"),
    ("thnah tra tỉnh theo dõi việc gì", "thanh tra tỉnh theo dõi việc gì"),
    ("QUY CHE HOP BAO", "QUY CHẾ HỌP BÁO"),
]


@pytest.mark.parametrize(("typed", "meant"), MEANT)
def test_a_hasty_question_is_read_as_it_was_meant(typed: str, meant: str) -> None:
    known = (*PASSAGES, "làm gì tại lần nào", "nhiêu")
    assert mended(typed, Spellings(known)) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Quy chế họp báo ban hành tại quyết định nào?",
        "Văn bản 26-CTr/TU và 12/qđ-ubnd nói gì?",
        "Hỏi về xã Cồn Gió và ông Blôk Krơng",
        "UBND, STC, kh?",
        "website covid-19",
        "?!… 2026",
        "",
    ],
)
def test_what_was_typed_right_or_is_not_known_stays(question: str) -> None:
    assert mended(question, Spellings()) == question


def test_a_marked_word_keeps_its_marks_though_another_is_commoner() -> None:
    assert mended("Bản báo cáo của xã", Spellings()) == "Bản báo cáo của xã"


@given(st.text(max_size=60))
def test_nothing_but_letters_changes(text: str) -> None:
    after = mended(text, Spellings())
    assert [c for c in after if not c.isalpha()] == [c for c in text if not c.isalpha()]


@given(st.lists(st.sampled_from(" ".join(PASSAGES).split()), min_size=1, max_size=12))
def test_words_of_the_corpus_keep_their_letters(words: list[str]) -> None:
    question = " ".join(words)
    assert fold(mended(fold(question), Spellings())) == fold(question)


def test_an_empty_corpus_changes_nothing() -> None:
    assert mended("quy che hop bao", Spellings(())) == "quy che hop bao"


def test_a_text_that_is_no_question_is_left_alone() -> None:
    text = "quy che hop bao " * 30
    assert mended(text, Spellings()) == text
