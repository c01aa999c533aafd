"""A question as it was meant: diacritics put back, Telex keys resolved, slips of the keys mended.

What a syllable can be is told by its form (`syllable.py`), what it is by the corpus: of all
readings the one whose syllables and pairs its documents use most (Viterbi). Pure; the counts come
through a port.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from math import log
from typing import NamedTuple, Protocol

from corpus.text import fold
from retrieval.abbreviations import EXPANSIONS
from retrieval.query import ASKING
from retrieval.syllable import is_syllable, key, shapes, spelled, untelexed

_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[.,;:!?()\n“”\"/\d]")
_LONGEST = 60
"""Syllables; what is longer is a text, not a question typed in haste."""
_PRIOR = 4.0
"""How many passages' worth of belief a syllable's own frequency has beside that of its pair."""
_LEFT_AS_TYPED = 2.5
_OTHER_MARKS = 6.0
"""Nats against marks on an unmarked syllable of a marked question, and against other marks."""
_KEPT = 24
_UNSEEN = 0.1
_SHORTEST_MENDED, _LONGEST_MENDED = 3, 8
_LETTERS = "abcdeghiklmnopqrstuvxy"
_ABBREVIATIONS = frozenset(map(fold, EXPANSIONS))
_PHRASES = {
    tuple(fold(long).split()): [key(word) for word in long.split()]
    for long in EXPANSIONS.values()
    if len(long.split()) > 2 and "," not in long and "-" not in long
}
Count = Callable[[str], float]
_BELIEF_IN_ASKING = 0.05
"""Share of passages."""
_ASKED = frozenset(
    term
    for phrase in ASKING
    for syllables in [[key(word) for word in phrase.split()]]
    for term in (*syllables, *map("_".join, pairwise(syllables)))
)


class Counts(Protocol):
    """How the corpus spells."""

    @property
    def passages(self) -> int:
        """How many passages there are."""
        ...

    def spelled_in(self, spelling: str) -> int:
        """In how many passages a syllable (a key), or a pair of them (`key_key`), stands."""
        ...

    def folded_in(self, term: str) -> int:
        """In how many passages a syllable, or a pair of them, stands, whatever its marks."""
        ...


class _Reading(NamedTuple):
    key: str
    against: float


def mended(text: str, counts: Counts) -> str:
    """`text` with the spelling its words most probably have; itself where nothing is known better.

    Words that the corpus does not know stay as typed, and so does everything that is no word.
    """
    words = list(_WORD.finditer(text))
    if not words or len(words) > _LONGEST:
        return text
    count = _counting(counts)
    joined = [not _BREAK.search(text[a.end() : b.start()]) for a, b in pairwise(words)]
    chosen = _best(_columns(text, words, count, counts), joined, count, counts.passages)
    result, at = [], 0
    for word, reading in zip(words, chosen, strict=True):
        result += [text[at : word.start()], _cased(word.group(), reading)]
        at = word.end()
    return "".join([*result, text[at:]])


def _counting(counts: Counts) -> Count:
    """Counts with some belief in what is asked with, which documents seldom say («bao nhiêu»)."""
    belief = 1 + counts.passages * _BELIEF_IN_ASKING

    @cache
    def count(spelling: str) -> float:
        return counts.spelled_in(spelling) + belief * (spelling in _ASKED)

    return count


def _columns(
    text: str, words: list[re.Match[str]], count: Count, counts: Counts
) -> list[list[_Reading]]:
    """What each word can have been meant as."""
    plain = [fold(word.group()) for word in words]
    marked = any(fold(word.group()) != word.group().lower() for word in words)
    known = {} if marked else _in_phrases(plain)
    columns: list[list[_Reading]] = []
    for i, word in enumerate(words):
        if i in known or _in_number(text, word):
            columns.append([_Reading(known.get(i) or key(word.group()), 0.0)])
            continue
        around = (plain[i - 1] if i else "", plain[i + 1] if i + 1 < len(plain) else "")
        found = _readings(word.group(), marked, count)
        columns.append(found or _slips(word.group(), around, counts))
    return columns


def _in_phrases(plain: list[str]) -> dict[int, str]:
    """Keys of the words, by place, that stand in the name of an office («so noi vu»)."""
    found: dict[int, str] = {}
    for phrase, keys in _PHRASES.items():
        for i in range(len(plain) - len(phrase) + 1):
            if tuple(plain[i : i + len(phrase)]) == phrase:
                found |= dict(enumerate(keys, i))
    return found


def _in_number(text: str, word: re.Match[str]) -> bool:
    """Whether a word is part of a document's number («26-CTr/TU»)."""
    start = max(text.rfind(" ", 0, word.start()), text.rfind("(", 0, word.start())) + 1
    whole = text[start:].split(" ", 1)[0]
    return "/" in whole or any(char.isdigit() for char in whole)


def _readings(word: str, marked: bool, count: Count) -> list[_Reading]:
    """The word as typed, and with the marks it may lack; () where it is no known syllable."""
    typed, plain = key(word), fold(word)
    as_typed = _Reading(typed, 0.0)
    if plain in _ABBREVIATIONS or (word.isupper() and not is_syllable(word)):
        return [as_typed]
    if count(typed) and plain != word.lower():
        return [as_typed]
    against = _OTHER_MARKS if plain != word.lower() else _LEFT_AS_TYPED if marked else 0.0
    known = [form for form in shapes(plain) if form != typed and count(form)]
    known = sorted(known, key=count, reverse=True)[:_KEPT]
    if known or count(typed) or is_syllable(word):
        return [as_typed, *(_Reading(form, against) for form in known)]
    return []


def _slips(word: str, around: tuple[str, str], counts: Counts) -> list[_Reading]:
    """What a word that is no syllable was to be: Telex keys, or one key off what stands beside it.

    A word that makes no known pair with a neighbour stays: it may be a name.
    """
    meant = untelexed(word)
    if meant and counts.spelled_in(key(meant)):
        return [_Reading(key(meant), 0.0)]
    plain, (before, after) = fold(word), around
    found: list[str] = []
    if plain.isascii() and _SHORTEST_MENDED <= len(plain) <= _LONGEST_MENDED:
        for near in dict.fromkeys(_one_key_off(plain)):
            if counts.folded_in(near) and (
                (before and counts.folded_in(f"{before}_{near}"))
                or (after and counts.folded_in(f"{near}_{after}"))
            ):
                found += [form for form in shapes(near) if counts.spelled_in(form)]
    return [_Reading(form, 0.0) for form in found] or [_Reading(key(word), 0.0)]


def _one_key_off(word: str) -> Iterator[str]:
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]
        yield word[:i] + word[i + 1 : i + 2] + word[i] + word[i + 2 :]
        for letter in _LETTERS:
            yield word[:i] + letter + word[i + 1 :]
            yield word[:i] + letter + word[i:]
    yield from (word + letter for letter in _LETTERS)


def _best(
    readings: list[list[_Reading]], joined: list[bool], count: Count, passages: int
) -> list[str]:
    """The likeliest path through the readings of all words (Viterbi)."""

    def alone(form: str) -> float:
        return (count(form) + _UNSEEN) / (passages + 1)

    def after(before: str, form: str) -> float:
        together = count(f"{before}_{form}") + _PRIOR * alone(form)
        return together / (count(before) + _PRIOR)

    def step(before: str, form: str, close: bool) -> float:
        return log(after(before, form) if close else alone(form))

    paths = {r.key: (log(alone(r.key)) - r.against, [r.key]) for r in readings[0]}
    for column, close in zip(readings[1:], joined, strict=True):
        paths = {
            r.key: max(
                (score + step(before, r.key, close) - r.against, [*path, r.key])
                for before, (score, path) in paths.items()
            )
            for r in column
        }
    return max(paths.values())[1]


def _cased(typed: str, form: str) -> str:
    """A reading in the letters' size that was typed; what was typed right stays untouched."""
    if form == key(typed):
        return typed
    word = spelled(form)
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word.capitalize() if typed[:1].isupper() else word
