"""Canonical text: NFC, one space where there was white space, every character traceable.

Pure functions. `TracedText` carries, for each character, its offset in the source, so that a repair
never loses where the words stood.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterable
from functools import lru_cache

UPPER = "A-ZĐÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
"""Capital letters of Vietnamese, for use inside a character class."""
LOWER = UPPER.lower()

_MARKS = re.compile(r"[\s*_#`\\]+")
INVISIBLE = "\x00-\x08\x0e-\x1b\x7f\xad\u200b-\u200d\u2060\ufeff"
"""What stands in files and is not seen: control characters, soft hyphens, empty spaces."""

_INVISIBLE = re.compile(rf"[{INVISIBLE}]|(?<=[\u0300-\u036f]{{30}})[\u0300-\u036f]+")
_CLUSTER = re.compile(r"[^\u0300-\u036f]?[\u0300-\u036f]+")
_WORD = re.compile(r"\s|\S+")
_UNEVEN = re.compile(r"^\s+|\s{2,}|[^\S ]|\s$")


class _Folding(dict[int, str]):
    """What each character folds to, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFD", chr(code))
        self[code] = "".join(c for c in decomposed if not unicodedata.combining(c))
        return self[code]


_FOLDED = _Folding({ord("đ"): "d", ord("Đ"): "D"})


class TracedText:
    """A string whose characters remember their offset in the source. Immutable by convention."""

    __slots__ = ("at", "text")

    def __init__(self, text: str, at: "array[int]") -> None:
        if len(text) != len(at):
            raise ValueError("one offset for each character")
        self.text = text
        self.at = at

    @classmethod
    def of(cls, source: str) -> "TracedText":
        """NFC of `source`, without invisible characters; each character points back into it."""
        whole = cls(source, array("q", range(len(source)))).without(_INVISIBLE)
        if unicodedata.is_normalized("NFC", whole.text):
            return whole
        words = (whole[m.start() : m.end()] for m in _WORD.finditer(whole.text))
        return _composed(whole) or join((_composed(word) or _blurred(word) for word in words), "")

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> "TracedText":
        return TracedText(self.text[part], self.at[part])

    def strip(self) -> "TracedText":
        """Without white space at both ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self[start : len(self.text.rstrip())] if self.text.strip() else self[0:0]

    def without(self, pattern: re.Pattern[str]) -> "TracedText":
        """With every match of `pattern` taken out."""
        if not pattern.search(self.text):
            return self
        return join((self[a:b] for a, b in _gaps(pattern, self.text)), "")

    def collapsed(self) -> "TracedText":
        """With every run of white space as one space."""
        parts = [self[a:b] for a, b in _gaps(_UNEVEN, self.text)]
        return join((part for part in parts if len(part)), " ")

    def runs(self) -> tuple[tuple[int, int], ...]:
        """The map to the source as `(offset here, offset there)` where the distance changes."""
        found: list[tuple[int, int]] = []
        distance: int | None = None
        for here, there in enumerate(self.at):
            if there - here != distance:
                distance = there - here
                found.append((here, there))
        return tuple(found)


def join(parts: Iterable[TracedText], separator: str) -> TracedText:
    """The parts one after another; the separator points at the end of the part before it."""
    text: list[str] = []
    at: array[int] = array("q")
    for part in parts:
        if text and separator and len(part):
            text.append(separator)
            at.extend([at[-1] + 1 if at else 0] * len(separator))
        text.append(part.text)
        at.extend(part.at)
    return TracedText("".join(text), at)


def squeeze(text: str) -> str:
    """NFC without white space and markdown marks: two texts that squeeze alike read alike."""
    return _MARKS.sub("", unicodedata.normalize("NFC", text))


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Lower case without tone and vowel marks, `đ` as `d`: how people type in haste."""
    return text.translate(_FOLDED).lower()


def syllables(text: str) -> list[str]:
    """The runs of letters and digits, in order. Vietnamese writes each syllable as a word."""
    return re.findall(r"[^\W_]+", text)


def _composed(part: TracedText) -> TracedText | None:
    """`part` in NFC, each character at the offset of the letter it was put together from.

    None where more than Latin letters and their marks change.
    """
    text: list[str] = []
    at: array[int] = array("q")
    end = 0
    for cluster in _CLUSTER.finditer(part.text):
        start = cluster.start()
        letters = unicodedata.normalize("NFC", cluster.group())
        text += (part.text[end:start], letters)
        at += part.at[end:start] + array("q", [part.at[start]]) * len(letters)
        end = cluster.end()
    whole = "".join((*text, part.text[end:]))
    at += part.at[end:]
    return TracedText(whole, at) if whole == unicodedata.normalize("NFC", part.text) else None


def _blurred(word: TracedText) -> TracedText:
    """A word in NFC, every character at the offset where the word begins."""
    whole = unicodedata.normalize("NFC", word.text)
    return TracedText(whole, array("q", [word.at[0]]) * len(whole))


def _gaps(pattern: re.Pattern[str], text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for match in pattern.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)
