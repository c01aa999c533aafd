from hypothesis import given
from hypothesis import strategies as st

from retrieval.closeness import closeness
from retrieval.terms import folded, terms

QUESTION = "Sở Tài chính bố trí bao nhiêu kinh phí?"
WEIGHTS = dict.fromkeys(terms(QUESTION), 1.0)
ASKED = folded(QUESTION)


def close(text: str, context: str = "") -> tuple[float, float]:
    return closeness(WEIGHTS, ASKED, context, text)


def test_one_sentence_that_holds_all_is_closer_than_two_that_share_it() -> None:
    whole, shared = "Sở Tài chính bố trí kinh phí.", "Sở Tài chính chủ trì. Xã bố trí kinh phí."
    assert close(whole)[0] > close(shared)[0]


def test_what_stands_above_counts_for_every_sentence() -> None:
    assert close("Bố trí kinh phí.", "Sở Tài chính")[0] > close("Bố trí kinh phí.")[0]


def test_words_in_the_order_of_the_question_are_closer() -> None:
    assert close("Sở Tài chính bố trí kinh phí")[1] > close("Kinh phí bố trí tại sở")[1] == 0


def test_marks_make_no_difference() -> None:
    assert close("So Tai chinh bo tri kinh phi") == close("Sở Tài chính bố trí kinh phí")


def test_without_words_nothing_is_close() -> None:
    assert closeness({}, [], "", "Sở Tài chính") == (0.0, 0.0)
    assert close("") == (0.0, 0.0)


@given(st.text(max_size=80), st.text(max_size=40))
def test_both_lie_between_nothing_and_all(text: str, context: str) -> None:
    assert all(0 <= part <= 1 for part in close(text, context))


def test_the_question_itself_is_as_close_as_can_be() -> None:
    sentence, order = close(QUESTION.rstrip("?"))
    assert sentence > 0.999
    assert order == 1
