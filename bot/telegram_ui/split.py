"""Long replies in pieces that Telegram takes, in order and at natural breaks. Pure."""

from collections.abc import Iterable, Iterator
from itertools import chain

LIMIT = 4096
"""UTF-16 units of one message after its entities are parsed (Bot API, sendMessage)."""


def units(text: str) -> int:
    """Length as Telegram counts it: characters outside the basic plane count twice."""
    return len(text) + sum(ord(c) > 0xFFFF for c in text)


def pieces(lines: Iterable[str], limit: int = LIMIT) -> Iterator[str]:
    """Lines packed into texts of at most `limit` units; a longer line is broken between words.

    `limit` is 2 or more, so that any character fits.
    """
    open_piece = ""
    for line in chain.from_iterable(_broken(whole, limit) for whole in lines):
        joined = f"{open_piece}\n{line}" if open_piece else line
        if units(joined) > limit:
            if open_piece.strip():
                yield open_piece
            joined = line
        open_piece = joined
    if open_piece.strip():
        yield open_piece


def fitting(text: str, limit: int) -> int:
    """How many characters from the start of `text` make at most `limit` units."""
    if len(text) * 2 <= limit:
        return len(text)
    used = 0
    for count, character in enumerate(text):
        used += units(character)
        if used > limit:
            return count
    return len(text)


def _broken(line: str, limit: int) -> Iterator[str]:
    while units(line) > limit:
        cut = fitting(line, limit)
        space = line.rfind(" ", 1, cut)
        cut = space if space > 0 else cut
        yield line[:cut]
        line = line[cut:].lstrip(" ")
    yield line
