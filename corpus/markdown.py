"""Markdown marks taken out, with offsets kept.

A Markdown library gives positions by line only; a citation needs them by character, and these files
(made by PDF converters) use five marks.
"""

import re

from corpus.lines import Line
from corpus.text import TracedText, join

_HEADING = re.compile(r"#{1,6}\s+")
_RULE = re.compile(r"^\s*([-*_]\s*){3,}$")
_TABLE_RULE = re.compile(r"(?=.*---)[\s:|-]+$")
_UNDERSCORES = r"(?<!\w)__+|(?<!\w)_(?=\S)|(?<=[^\s_])_+(?!\w)"
_EMPHASIS = re.compile(rf"\*+|{_UNDERSCORES}|`+|\\(?=[-.*_#\[\]()+!|])")
_BOLD_LINE = re.compile(r"(\*\*[^*]+\*\*|\*\*[^*]+|[^*]+\*\*)$")


def strip_marks(words: TracedText, gap: int) -> Line:
    """One Markdown line without its marks; empty where it was nothing but marks."""
    text = words.text
    if _RULE.match(text) or _TABLE_RULE.match(text):
        return Line(words[0:0], gap)
    body = words.strip()
    mark = _HEADING.match(body.text)
    if mark:
        body = body[mark.end() :]
    heading = bool(mark) or bool(_BOLD_LINE.match(text.strip()))
    if re.match(r"\*\s", body.text):
        clean = join([body[:1], body[1:].without(_EMPHASIS)], "")
    else:
        clean = body.without(_EMPHASIS)
    return Line(clean.strip(), gap, heading)
