"""What is measured: ranks, quotes that stand whole, and how sure a gain is. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

import numpy as np

from benchmarks import gain
from benchmarks.peers import Passage

FIRST = 5
"""Passages that a reader is shown …"""
CHARACTERS = 5_000
"""… and how long they may be together."""
_MARKS = re.compile(r"[\s*_#`\\|>]+")
_ROUNDS, _AT_ONCE = 100, 100
_SEED = 7


def ranked_rows(passages: Iterable[Passage]) -> list[str]:
    """The rows in the order of their best passages."""
    return list(dict.fromkeys(passage.id for passage in passages))


def gains(passages: Iterable[Passage], gold: set[str]) -> list[float]:
    """R@1, R@5 and nDCG@10 of one question."""
    return gain(ranked_rows(passages), gold)


def quotes_whole(passages: Sequence[Passage], quotes: Iterable[str]) -> list[bool]:
    """For each quote, whether one of the first passages holds it whole.

    What stands beyond the characters that all of them may have is cut off. White space and
    Markdown marks do not count.
    """
    shown, left = [], CHARACTERS
    for passage in passages[:FIRST]:
        shown.append(_bare(passage.text[:left]))
        left -= min(left, len(passage.text))
    return [any(_bare(quote) in text for text in shown) for quote in quotes]


def interval(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float, float]:
    """Mean gain of `ours` over `theirs`, question by question, and its 95 % bootstrap interval.

    The same questions give the same interval each time.
    """
    differences = np.asarray(ours, float) - np.asarray(theirs, float)
    count = len(differences)
    chance = np.random.default_rng(_SEED)
    draws = (chance.integers(count, size=(_AT_ONCE, count)) for _ in range(_ROUNDS))
    means = np.concatenate([differences[drawn].mean(axis=1) for drawn in draws])
    low, high = np.quantile(means, [0.025, 0.975])
    return float(differences.mean()), float(low), float(high)


def _bare(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFC", text))
