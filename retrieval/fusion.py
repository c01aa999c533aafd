"""Weighted fusion of two rankings: keeps by how much one is ahead, which ranks alone forget."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def normalised(scores: Mapping[Key, float]) -> dict[Key, float]:
    """Scores stretched to 0…1; all alike become 1."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high == low:
        return dict.fromkeys(scores, 1.0)
    return {key: (score - low) / (high - low) for key, score in scores.items()}


def fuse(
    lexical: Mapping[Key, float], dense: Mapping[Key, float], dense_weight: float
) -> dict[Key, float]:
    """Both rankings as one, in 0…1; what a ranking does not hold counts 0 there."""
    words, meaning = normalised(lexical), normalised(dense)
    if not meaning:
        return words
    return {
        key: (1 - dense_weight) * words.get(key, 0.0) + dense_weight * meaning.get(key, 0.0)
        for key in {**words, **meaning}
    }
