"""How closely a passage says what was asked: a light reranking without a model. Pure.

Two things that a bag of terms cannot see: whether one sentence, under what stands above its
passage, holds most of the question, and whether the question's words stand there in its order.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus.model import Span
from corpus.sentences import sentences
from retrieval.terms import terms

RUN = 4
"""Syllables in a row; shorter runs are in the terms already."""


class Closeness(NamedTuple):
    """`sentence`: the share of the question's weight that the best sentence holds with its context.

    `order`: the share of the question's runs of RUN syllables that stand in context or passage.
    Both 0…1.
    """

    sentence: float
    order: float


def closeness(
    weights: Mapping[str, float], asked: Sequence[str], context: str, text: str
) -> Closeness:
    """Judge one passage by the question's weighted terms and its syllables in order."""
    above = _terms(context)
    inside = [terms(span.of(text)) for span in sentences(text, Span(0, len(text)))]
    return Closeness(_in_one_sentence(weights, above, inside), _in_order(asked, [above, *inside]))


def _in_one_sentence(
    weights: Mapping[str, float], above: Sequence[str], inside: Sequence[Sequence[str]]
) -> float:
    total = sum(weights.values())
    if not total:
        return 0.0
    given = weights.keys() & set(above)
    best = max(
        (sum(weights[term] for term in given | (weights.keys() & set(one))) for one in inside),
        default=0.0,
    )
    return best / total


def _in_order(asked: Sequence[str], parts: Sequence[Sequence[str]]) -> float:
    runs = [asked[i : i + RUN] for i in range(len(asked) - RUN + 1)]
    if not runs:
        return 0.0
    singles = (term for part in parts for term in part if "_" not in term)
    whole = f" {' '.join(singles)} "
    return sum(f" {' '.join(run)} " in whole for run in runs) / len(runs)


@lru_cache(maxsize=4096)
def _terms(context: str) -> tuple[str, ...]:
    # Passages of one section share their context.
    return tuple(terms(context))
