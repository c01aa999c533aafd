"""How much of a text reads as Vietnamese: a junk text layer or a wrong encoding shows here."""

import re

from corpus.text import fold, syllables

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?"
    r"(?:uye|uya|uyu|ieu|yeu|uoi|uou|oai|oay|oao|oeo|uay|uay|[aeiouy]{1,2})"
    r"(?:ch|ng|nh|[cmnpt])?$"
)


def quality(text: str) -> float:
    """Share of words that could be Vietnamese syllables, 0 to 1; numbers and codes do not count.

    Judged by form alone (onset, vowels, coda), so foreign names lower it a little.
    """
    words = [w for w in syllables(text) if w.isalpha() and not w.isupper()]
    if not words:
        return 0.0
    return round(sum(bool(_SYLLABLE.match(fold(word))) for word in words) / len(words), 3)
