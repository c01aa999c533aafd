"""The last step before anything is sent: a sentence says only what its spans say. Pure.

A sentence is its spans' own words, each span's in one unbroken run and in their order: no figure,
date, number or name of another place, no word left out between («không»), none changed.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

from bot.answering.outcomes import Evidence, Sentence

_TOKEN = re.compile(r"\d+(?:[.,/-]\d+)*%?|[^\W\d_]+|[^\W_]+")
TextOf = Callable[[Evidence], str]


def verified(sentences: Iterable[Sentence], text_of: TextOf) -> list[Sentence]:
    """The sentences that their evidence bears."""
    return [sentence for sentence in sentences if bears(sentence, text_of)]


def bears(sentence: Sentence, text_of: TextOf) -> bool:
    """Whether the evidence of a sentence holds all that the sentence says, in its order."""
    said = _tokens(sentence.text)
    if not said or not sentence.evidence:
        return False
    for evidence in sentence.evidence:
        run = _longest_start(said, _tokens(text_of(evidence)))
        if run == 0:
            return False
        said = said[run:]
    return not said


def _longest_start(said: list[str], source: list[str]) -> int:
    """How many words from the start of `said` stand in `source` in one run."""
    best = 0
    for start, word in enumerate(source):
        length = 0
        if not said or word != said[0]:
            continue
        while (
            length < len(said)
            and start + length < len(source)
            and said[length] == source[start + length]
        ):
            length += 1
        best = max(best, length)
    return best


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(unicodedata.normalize("NFC", text))
