"""The terms of the lexical index: folded syllables and pairs of neighbours.

Vietnamese words are mostly two syllables, so a pair is close to a word; folding makes a question
typed without diacritics the same as one typed with them.
"""

import re
from itertools import pairwise

from corpus.text import fold
from retrieval.syllable import key

_SYLLABLE = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[.,;:!?()\n“”\"]")


def folded(text: str) -> list[str]:
    """The folded syllables of `text`, in order; numbers lose leading zeros."""
    return _singles(fold(text))


def terms(text: str) -> list[str]:
    """Folded syllables and pairs (`hop`, `bao`, `hop_bao`); no pair reaches over a comma."""
    found: list[str] = []
    for part in _BREAK.split(fold(text)):
        singles = _singles(part)
        found += singles
        found += pairs(singles)
    return found


def spellings(text: str) -> list[str]:
    """Syllables and pairs as `terms`, but with their marks (see `syllable.key`); no numbers."""
    found: list[str] = []
    for part in _BREAK.split(text):
        singles = [key(word) for word in _WORD.findall(part)]
        found += singles
        found += pairs(singles)
    return found


def pairs(singles: list[str]) -> list[str]:
    """Neighbouring syllables joined by an underscore."""
    return [f"{a}_{b}" for a, b in pairwise(singles)]


def _singles(plain: str) -> list[str]:
    found: list[str] = _SYLLABLE.findall(plain)
    return [_without_zeros(one) if one[0] == "0" else one for one in found]


def _without_zeros(number: str) -> str:
    return number.lstrip("0") or "0" if number.isdigit() else number
