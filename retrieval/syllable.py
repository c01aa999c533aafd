"""A Vietnamese syllable as its letters and its tone: «hoà» and «hòa» are both («hoa», grave).

Letters keep what makes them letters of their own (ă, â, đ, ê, ô, ơ, ư). Also what Telex keys leave
behind where the input method was off («tinhr» for «tỉnh»). Pure.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import product

from corpus.text import fold

_TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
"""Telex keys of the tones, and the combining marks that they stand for."""
_ALL_TONES = ("", *_TONES.values())
_MARKS = frozenset(_TONES.values())
_SHAPES = {"a": "aăâ", "e": "eê", "o": "oôơ", "u": "uư"}
_NUCLEI = frozenset(
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iu oa oă oe oi oo ôi ơi ua uâ uê ui uô "
    "uơ uy uă ue ưa ưi ươ ưu yê oai oao oay oeo uây uôi uya uyê uyu ươi ươu iêu yêu uai uao "
    "uay".split()
)
_SHAPED = re.compile(
    r"(?P<onset>ngh|ng|nh|ch|gh|gi(?=[aăâeêoôơuưyi])|kh|ph|qu|th|tr"
    r"|[bdđgkp][lr]|[bcdđghklmnprstvx])?"
    r"(?P<nucleus>[aăâeêioôơuưy]{1,3})(?P<coda>ch|ng|nh|[ckmnpt])?"
)
"""Also as in names of the Highlands: Đắk Lắk, Krông Búk."""
_TELEX_SHAPES = (
    ("uow", "ươ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("aw", "ă"), ("ow", "ơ"), ("uw", "ư"),
    ("dd", "đ"), ("w", "ư"),
)  # fmt: skip
_TELEX_TAIL = {"a": "â", "e": "ê", "o": "ô", "d": "đ"}


@lru_cache(maxsize=65536)
def key(syllable: str) -> str:
    """One spelling for all places where the tone mark may stand: the letters, then the mark.

    `key("Hoà") == key("hòa")`; what is no Vietnamese syllable comes back in small letters.
    """
    decomposed = unicodedata.normalize("NFD", syllable.lower())
    letters = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _MARKS))
    return letters + next((char for char in decomposed if char in _MARKS), "")


def spelled(key: str) -> str:
    """The syllable of a key, its tone mark where most offices put it («hòa», «thủy», «toàn»)."""
    return _toned(key[:-1], key[-1]) if key[-1:] in _MARKS else key


@lru_cache(maxsize=4096)
def shapes(plain: str) -> tuple[str, ...]:
    """The keys of all syllables that fold to `plain`; () where it cannot be a syllable."""
    options = [_SHAPES.get(letter, letter) for letter in plain]
    if plain.startswith("d"):
        options[0] = "dđ"
    bases = ["".join(letters) for letters in product(*options)] if len(plain) <= 7 else []
    return tuple(base + tone for base in bases if _is_syllable(base) for tone in _ALL_TONES)


def is_syllable(word: str) -> bool:
    """Whether a word has the form of a Vietnamese syllable, with or without its marks."""
    return bool(shapes(fold(word)))


def untelexed(word: str) -> str | None:
    """What the Telex keys left in `word` were meant to type; None where there are none.

    «tinhr» is «tỉnh», «ddaats» «đất»; a word that already is a syllable is left («anh», «as»).
    """
    word = word.lower()
    if not word.isascii() or not word.isalpha():
        return None
    tones = [letter for letter in word[1:] if letter in _TONES]
    for tone in dict.fromkeys((*tones[-1:], "")):
        at = word.rfind(tone) if tone else len(word)
        letters = _shaped_by_telex(word[:at] + word[at + 1 :])
        if letters and (tone or letters != word):
            return _toned(letters, _TONES[tone]) if tone else letters
    return None


def _shaped_by_telex(keys: str) -> str | None:
    for pattern, letter in _TELEX_SHAPES:
        keys = keys.replace(pattern, letter)
    if _is_syllable(keys):
        return keys
    tail = _TELEX_TAIL.get(keys[-1:])
    if tail and keys[-1] in keys[:-1]:  # «dieenf» typed «dienef»: the second vowel key comes late
        at = keys.index(keys[-1])
        moved = keys[:at] + tail + keys[at + 1 : -1]
        return moved if _is_syllable(moved) else None
    return None


@lru_cache(maxsize=65536)
def _is_syllable(letters: str) -> bool:
    match = _SHAPED.fullmatch(letters)
    return match is not None and match["nucleus"] in _NUCLEI


def _toned(letters: str, mark: str) -> str:
    match = _SHAPED.fullmatch(letters)
    if not match:
        return unicodedata.normalize("NFC", letters + mark)
    start, nucleus = match.start("nucleus"), match["nucleus"]
    at = start + _bearer(nucleus, bool(match["coda"]))
    return unicodedata.normalize("NFC", letters[: at + 1] + mark + letters[at + 1 :])


def _bearer(nucleus: str, closed: bool) -> int:
    """Which letter of the nucleus bears the tone mark."""
    special = [i for i, letter in enumerate(nucleus) if letter in "ăâêôơư"]
    if special:
        return special[-1]
    if len(nucleus) == 3 or (closed and len(nucleus) == 2):
        return 1
    return 0
