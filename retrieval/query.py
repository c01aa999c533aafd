"""A question as the search wants it: abbreviations written out, terms weighted."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from corpus.text import fold
from retrieval.abbreviations import expand, long_forms, shorten
from retrieval.terms import folded, terms

ASKING = (
    "bao nhiêu|bao lâu|bao giờ|như thế nào|thế nào|ra sao|vì sao|tại sao|khi nào|cho biết|là gì|nào"
    "|gì|ai|đâu|sao"
    "|mấy|khi|những|các|được|là|có|không|và|của|cho|về|theo|trong|với|tại|do|này|hãy|xin|biết|hỏi"
    "|ở|đến|từ|đó|ấy|đã|thì|mà|còn|năm|hoặc"
).split("|")
"""Words that ask or join; they tell little about what is asked for."""

_ASKING_PLAIN = frozenset("nao gi ai dau nhung cac duoc la cua va theo da thi".split())
"""Those of one syllable that are told by their letters alone: «tai» may be «tài», «bao» «báo»."""

_ASKING_WEIGHT = 0.25
_PAIR_WEIGHTS = (0.25, 0.5, 1.0)
"""Of a pair by how many of its syllables tell something: «phí hoặc» is rare by chance."""
_SHORT_WEIGHT = 0.5
_LONG_WEIGHT = 0.3
"""What stands beside the words asked with: they count more."""
_NONE: Mapping[str, str] = MappingProxyType({})
_ACROSS = re.compile(
    r"\b(?:nhung|cac) (?:dia phuong|don vi|co quan|so nganh|tinh|huyen|xa|phuong|noi|van ban"
    r"|ke hoach|bao cao|nghi quyet|quyet dinh|cong van)\b.*\bnao\b"
    r"|\b(?:moi|tung) (?:dia phuong|don vi|tinh|huyen|xa)\b|\bso sanh\b"
)
_LOOSE_MARK = re.compile(r"[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for: `text` with abbreviations written out, and weighted index terms.

    `plain` says that the question was typed without diacritics, to which the dense model is blind;
    `across` that several places, offices or documents are asked for, so one is not enough.
    """

    text: str
    terms: tuple[tuple[str, float], ...]
    plain: bool
    across: bool = False


def understand(question: str, defined: Mapping[str, str] = _NONE) -> Query:
    """Read one question (already made whole from the chat).

    `defined` are the short names that documents of the corpus define, and what they stand for.
    """
    text = expand(composed(question), defined)
    syllables = told(text)
    weights = {s: 1.0 if tells else _ASKING_WEIGHT for s, tells in syllables}
    for (a, one), (b, other) in pairwise(syllables):
        weights[f"{a}_{b}"] = _PAIR_WEIGHTS[one + other]
    for term in [t for short in shorten(text) for t in folded(short)]:
        weights.setdefault(term, _SHORT_WEIGHT)
    for term in [t for long in long_forms(question, defined) for t in terms(long)]:
        weights.setdefault(term, _LONG_WEIGHT)
    across = bool(_ACROSS.search(" ".join(folded(text))))
    return Query(text, tuple(weights.items()), is_plain(question), across)


def told(text: str, idle: Iterable[str] = ()) -> list[tuple[str, bool]]:
    """Each folded syllable of `text`, and whether it tells what is asked for.

    `idle` are more words that tell nothing here. A word of several syllables is known without its
    diacritics too; one of a single syllable only where it cannot be another word.
    """
    words_there = re.findall(r"[^\W_]+", composed(text))
    raw = [word.lower() for word in words_there]
    plain = ["".join(folded(word)) for word in words_there]
    asks = [False] * len(raw)
    typed_plain = is_plain(text)
    for phrase in (*ASKING, *idle):
        words = phrase.split()
        if len(words) > 1:
            _mark(asks, plain, [fold(word) for word in words])
        elif not typed_plain:
            _mark(asks, raw, words)
        elif fold(phrase) in _ASKING_PLAIN or phrase in idle:
            _mark(asks, plain, [fold(phrase)])
    return [(syllable, not asking) for syllable, asking in zip(plain, asks, strict=True)]


def telling_terms(text: str, idle: Iterable[str] = ()) -> list[str]:
    """The telling syllables of `text` and the pairs of them, each once."""
    syllables = told(text, tuple(idle))
    singles = [s for s, tells in syllables if tells]
    joined = [
        f"{a}_{b}" for (a, one), (b, other) in pairwise(syllables)
        if one and other
    ]  # fmt: skip
    return list(dict.fromkeys([*singles, *joined]))


def composed(text: str) -> str:
    """`text` in NFC, without marks that belong to no letter."""
    return _LOOSE_MARK.sub("", unicodedata.normalize("NFC", text))


def is_plain(text: str) -> bool:
    """Whether a text of some length was typed without diacritics."""
    letters = [c for c in text if c.isalpha()]
    marked = sum(fold(c) != c.lower() for c in letters)
    return len(letters) >= 8 and marked <= len(letters) // 40


def _mark(asks: list[bool], syllables: list[str], words: list[str]) -> None:
    for i in range(len(syllables) - len(words) + 1):
        if syllables[i : i + len(words)] == words:
            asks[i : i + len(words)] = [True] * len(words)
