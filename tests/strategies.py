"""Hypothesis strategies: Vietnamese words, document numbers, printed lines, any Unicode."""

import itertools
import textwrap
import unicodedata

from hypothesis import strategies as st

_ONSETS = (
    "",
    "b",
    "ch",
    "d",
    "đ",
    "g",
    "h",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "ngh",
    "nh",
    "ph",
    "t",
    "tr",
)
_VOWELS = ("a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "iê", "uô", "ươ", "oa")
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_CODAS = ("", "c", "ch", "m", "n", "ng", "nh", "p", "t")
_TYPES = ("KH", "BC", "QĐ", "CTr", "TB", "NQ", "KL", "TTr", "HD")
_OFFICES = ("UBND", "TW", "TU", "ĐU", "HĐND", "BTGDVTU", "SKHCN", "VP")


_SYLLABLES = [
    unicodedata.normalize("NFC", "".join(parts))
    for parts in itertools.product(_ONSETS, _VOWELS, _TONES, _CODAS)
]

syllables = st.sampled_from(_SYLLABLES)
"""Syllables with any tone mark, composed."""

words = st.lists(syllables, min_size=1, max_size=8).map(" ".join)
"""A run of syllables."""

sentences = st.builds(
    lambda body, end: body.capitalize() + end, words, st.sampled_from((".", ";", ":", "?", "./."))
)
"""A capital, words, and one of the marks that end a sentence or a list item."""

vietnamese = st.builds(
    lambda lines, form: unicodedata.normalize(form, "\n".join(lines)),
    st.lists(sentences | words, min_size=1, max_size=5),
    st.sampled_from(("NFC", "NFD")),
)
"""Some lines of Vietnamese, composed or decomposed."""

anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
"""Any Unicode that a file in UTF-8 can hold."""


def _printed(paragraph: str, width: int, blank_lines: bool) -> list[str]:
    lines = textwrap.wrap(paragraph, width, break_long_words=False) or [""]
    return [part for line in lines for part in ([line, ""] if blank_lines else [line])]


@st.composite
def printed(draw: st.DrawFn) -> str:
    """Paragraphs as a PDF printer leaves them: broken lines, often with an empty one after each."""
    texts = draw(st.lists(st.lists(sentences, min_size=1, max_size=4).map(" ".join), max_size=4))
    marks = ("", "I. ", "1. ", "1.1. ", "a) ", "- ", "+ ", "Điều 3. ")
    width = draw(st.integers(40, 80))
    blank_lines = draw(st.booleans())
    lines = [
        line
        for text in texts
        for line in _printed(draw(st.sampled_from(marks)) + text, width, blank_lines)
    ]
    return "\n".join(lines)


state_numbers = st.builds(
    lambda count, kind, office: f"{count}/{kind}-{office}",
    st.integers(1, 99999),
    st.sampled_from(_TYPES),
    st.sampled_from(_OFFICES),
)
"""As the Government numbers: `208/KH-UBND`."""

party_numbers = state_numbers.map(
    lambda number: number.replace("-", "|").replace("/", "-").replace("|", "/")
)
"""As the Party numbers: `208-KH/TU`."""

legal_numbers = st.builds(
    lambda count, year, kind: f"{count:02d}/{year}/{kind}",
    st.integers(1, 999),
    st.integers(1990, 2035),
    st.sampled_from(("NĐ-CP", "NQ-HĐND", "TT-BNV", "QĐ-TTg")),
)
"""Of legal instruments, with the year: `09/2017/NĐ-CP`."""

document_numbers = state_numbers | party_numbers | legal_numbers
