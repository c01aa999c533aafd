import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.peers import Passage
from benchmarks.peers.measures import gains, interval, quotes_whole

SCORES = st.lists(st.floats(0, 1), min_size=2, max_size=30)


def found(*ids: str) -> list[Passage]:
    return [Passage(one, f"lời của {one}") for one in ids]


def test_a_row_ranks_where_its_best_passage_does() -> None:
    assert gains(found("a", "a", "b"), {"b"}) == gains(found("a", "b"), {"b"})
    first, within_five, ndcg = gains(found("a", "a", "b"), {"b"})
    assert (first, within_five) == (0, 1)
    assert ndcg == pytest.approx(0.6309, abs=1e-4)  # 1 / log2(3)


def test_best_and_worst() -> None:
    assert gains(found("a", "b"), {"a"}) == [1, 1, 1]
    assert gains(found("b", "c"), {"a"}) == [0, 0, 0]


def test_a_quote_counts_only_where_one_passage_holds_it_whole() -> None:
    halves = [Passage("a", "giao Sở Nội vụ"), Passage("a", "chủ trì")]
    assert quotes_whole(halves, ["giao Sở Nội vụ chủ trì", "chủ trì"]) == [False, True]


def test_white_space_marks_and_composition_do_not_count() -> None:
    printed = [Passage("a", "| **Sở Nội\n\nvụ** | chu\u0309 tri\u0300 |")]
    assert quotes_whole(printed, ["Sở Nội vụ chủ trì"]) == [True]


def test_a_sixth_passage_is_not_read() -> None:
    passages = [*found("a", "b", "c", "d", "e"), Passage("f", "điều cần tìm")]
    assert quotes_whole(passages, ["điều cần tìm"]) == [False]
    assert quotes_whole(passages[1:], ["điều cần tìm"]) == [True]


@pytest.mark.parametrize(("before", "whole"), [(4_990, True), (4_991, False)])
def test_passages_are_cut_at_the_characters_they_may_have(before: int, whole: bool) -> None:
    passages = [Passage("a", "x" * before), Passage("b", "0123456789")]
    assert quotes_whole(passages, ["0123456789"]) == [whole]


@settings(max_examples=20)
@given(SCORES)
def test_a_gain_over_itself_is_nothing(scores: list[float]) -> None:
    assert interval(scores, scores) == (0, 0, 0)


@settings(max_examples=20)
@given(SCORES, st.data())
def test_the_interval_is_the_same_each_time_and_turns_with_the_sign(
    ours: list[float], data: st.DataObject
) -> None:
    same_length = st.lists(st.floats(0, 1), min_size=len(ours), max_size=len(ours))
    theirs = data.draw(same_length)
    mean, low, high = interval(ours, theirs)
    assert interval(ours, theirs) == (mean, low, high)
    assert low - 1e-9 <= mean <= high + 1e-9 or len(ours) < 10
    assert interval(theirs, ours) == pytest.approx((-mean, -high, -low), abs=1e-9)


def test_the_interval_narrows_as_the_root_of_the_questions() -> None:
    few = interval([1.0, 0.0] * 50, [0.0, 0.0] * 50)
    many = interval([1.0, 0.0] * 500, [0.0, 0.0] * 500)
    assert few[0] == many[0] == 0.5
    # 1.96 standard errors each way, of a standard deviation of one half
    assert few[2] - few[1] == pytest.approx(0.196, rel=0.1)
    assert many[2] - many[1] == pytest.approx(0.062, rel=0.1)
