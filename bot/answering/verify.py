"""The last step before anything is sent: a sentence says only what its spans say. Pure.

Figures, dates, document numbers and capitalised names stand in the spans exactly; every other word
stands there too, but for the few that join parts.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from bot.answering.outcomes import Evidence, Sentence
from corpus.text import UPPER, squeeze, syllables

_EXACT = re.compile(rf"\d[\d.,/%-]*\d%?|\d%?|[{UPPER}]\w*")
TextOf = Callable[[Evidence], str]


def verified(sentences: Iterable[Sentence], text_of: TextOf) -> list[Sentence]:
    """The sentences that their evidence bears."""
    return [sentence for sentence in sentences if bears(sentence, text_of)]


def bears(sentence: Sentence, text_of: TextOf) -> bool:
    """Whether the evidence of a sentence holds all that the sentence says."""
    if not sentence.evidence:
        return False
    source = " ".join(text_of(evidence) for evidence in sentence.evidence)
    exact = Counter(_EXACT.findall(sentence.text)) - Counter(_EXACT.findall(source))
    if exact and squeeze(sentence.text) not in squeeze(source):
        return False
    said = Counter(s.lower() for s in syllables(sentence.text))
    return not said - Counter(s.lower() for s in syllables(source))
