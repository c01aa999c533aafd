"""A question as the search wants it: abbreviations written out, terms weighted."""

from dataclasses import dataclass

from corpus.text import fold
from retrieval.abbreviations import expand, shorten
from retrieval.terms import folded, pairs

ASKING = frozenset(
    "bao nhieu nao gi ai dau the sao may khi nhung cac duoc la co khong va cua cho ve theo trong "
    "voi tai do nay hay xin biet hoi a o den tu".split()
)
"""Folded syllables that ask or join; they tell little about what is asked for."""
_ASKING_WEIGHT = 0.25


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for: `text` with abbreviations written out, and weighted index terms.

    `plain` says that the question was typed without diacritics, to which the dense model is blind.
    """

    text: str
    terms: tuple[tuple[str, float], ...]
    plain: bool


def understand(question: str) -> Query:
    """Read one question (already made whole from the chat)."""
    text = expand(question)
    weights: dict[str, float] = {}
    for term in folded(text) + pairs(folded(text)):
        weights[term] = _weight(term)
    for term in [t for short in shorten(text) for t in folded(short)]:
        weights.setdefault(term, 0.5)
    return Query(text, tuple(weights.items()), _is_plain(question))


def _weight(term: str) -> float:
    syllables = term.split("_")
    asking = sum(s in ASKING for s in syllables)
    return _ASKING_WEIGHT if asking == len(syllables) else 1.0


def _is_plain(question: str) -> bool:
    letters = [c for c in question if c.isalpha()]
    marked = sum(fold(c) != c.lower() for c in letters)
    return len(letters) >= 8 and marked <= len(letters) // 40
