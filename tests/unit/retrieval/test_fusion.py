import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.fusion import fuse, normalised

scores = st.dictionaries(st.integers(0, 12), st.floats(-50, 50, allow_subnormal=False), max_size=10)
weights = st.floats(0.05, 0.95)


def test_scores_are_stretched_from_zero_to_one() -> None:
    assert normalised({"a": 4.0, "b": 2.0, "c": 3.0}) == {"a": 1.0, "b": 0.0, "c": 0.5}


def test_scores_all_alike_are_all_best() -> None:
    assert normalised({"a": 7.0, "b": 7.0}) == {"a": 1.0, "b": 1.0}
    assert normalised({}) == {}


def test_the_weight_decides_between_the_rankings() -> None:
    lexical, dense = {"words": 2.0, "both": 1.0}, {"meaning": 0.9, "both": 0.1}
    assert fuse(lexical, dense, 0.25)["words"] == pytest.approx(0.75)
    assert fuse(lexical, dense, 0.25)["meaning"] == pytest.approx(0.25)


def test_second_in_both_beats_first_in_one() -> None:
    lexical, dense = {"a": 10.0, "c": 9.0, "x": 0.0}, {"b": 0.9, "c": 0.8, "x": 0.0}
    fused = fuse(lexical, dense, 0.5)
    assert max(fused, key=lambda key: fused[key]) == "c"


@settings(max_examples=50)
@given(scores, scores, weights)
def test_fused_scores_stay_between_zero_and_one_and_lose_no_key(
    lexical: dict[int, float], dense: dict[int, float], weight: float
) -> None:
    fused = fuse(lexical, dense, weight)
    assert fused.keys() == lexical.keys() | dense.keys()
    assert all(0 <= score <= 1 for score in fused.values())


@settings(max_examples=50)
@given(scores, weights)
def test_one_ranking_alone_keeps_its_order(ranking: dict[int, float], weight: float) -> None:
    for fused in (fuse(ranking, {}, weight), fuse({}, ranking, weight)):
        by_score = sorted(ranking, key=lambda key: ranking[key])
        assert sorted(fused.values()) == [fused[key] for key in by_score]


@settings(max_examples=50)
@given(scores, scores, weights)
def test_who_leads_in_both_rankings_leads_in_the_fused_one(
    lexical: dict[int, float], dense: dict[int, float], weight: float
) -> None:
    fused = fuse(lexical, dense, weight)
    both = lexical.keys() & dense.keys()
    for one in both:
        for other in both:
            if lexical[one] >= lexical[other] and dense[one] >= dense[other]:
                assert fused[one] >= fused[other]


@settings(max_examples=50)
@given(scores.filter(bool), scores, weights, st.floats(0, 50), st.data())
def test_a_higher_score_never_ranks_lower(
    lexical: dict[int, float],
    dense: dict[int, float],
    weight: float,
    more: float,
    data: st.DataObject,
) -> None:
    key = data.draw(st.sampled_from(sorted(lexical)))
    raised = {**lexical, key: lexical[key] + more}
    assert fuse(raised, dense, weight)[key] >= fuse(lexical, dense, weight)[key]
    assert fuse(dense, raised, weight)[key] >= fuse(dense, lexical, weight)[key]
