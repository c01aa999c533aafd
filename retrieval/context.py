"""What stands around a passage and is indexed with it, but never quoted."""

import hashlib

from corpus.stored import StoredPassage

_LONGEST_TITLE = 160
_LONGEST = 2_400
"""Characters, some 600 tokens: more is averaged away by the models, and costs by the square."""


def lexical_context(passage: StoredPassage) -> str:
    """Headings, title, number, issuer and date, as words to be found by."""
    header = passage.header
    parts = (
        header.type,
        header.number,
        header.date,
        header.issuer,
        header.title,
        *passage.headings,
    )
    return ". ".join(part for part in parts if part)


def dense_text(passage: StoredPassage) -> str:
    """The passage under what names its document and its place: a vector knows where it belongs."""
    header = passage.header
    named = (header.type, header.number, header.date, header.issuer, header.title)
    document = ". ".join(part[:_LONGEST_TITLE] for part in named if part)
    above = [part for part in (document, *passage.headings[-2:]) if part]
    return "\n".join((*above, passage.text))[:_LONGEST]


def text_sha(text: str) -> bytes:
    """Names an embedded text in the store of vectors (20 bytes)."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).digest()
