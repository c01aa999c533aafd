"""The terms of the lexical index: folded syllables and pairs of neighbours.

Vietnamese words are mostly two syllables, so a pair is close to a word; folding makes a question
typed without diacritics the same as one typed with them.
"""

import re
from itertools import pairwise

from corpus.text import fold

_SYLLABLE = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[.,;:!?()\n“”\"]")


def folded(text: str) -> list[str]:
    """The folded syllables of `text`, in order; numbers lose leading zeros."""
    return [_plain(m) for m in _SYLLABLE.findall(fold(text))]


def terms(text: str) -> list[str]:
    """Folded syllables and pairs (`hop`, `bao`, `hop_bao`); no pair reaches over a comma."""
    found: list[str] = []
    for part in _BREAK.split(text):
        singles = folded(part)
        found += singles
        found += pairs(singles)
    return found


def pairs(singles: list[str]) -> list[str]:
    """Neighbouring syllables joined by an underscore."""
    return [f"{a}_{b}" for a, b in pairwise(singles)]


def _plain(syllable: str) -> str:
    return syllable.lstrip("0") or "0" if syllable.isdigit() else syllable
