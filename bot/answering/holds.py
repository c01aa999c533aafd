"""What kind of thing a unit holds: a count, a time, a person, a document number. Pure."""

import re

from bot.answering.evidence import Unit
from bot.answering.question import Question
from corpus.document_number import numbers_in, same
from corpus.model import BlockKind
from corpus.text import LOWER, UPPER
from retrieval.terms import folded

_NAME = rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{1,4}}"
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trương|Đoàn|Lâm"
    "|Mai|Trịnh|Đào|Cao|Tô|Hà|Tạ|Chu|Lương|Nông|Triệu|Vi|Quách|Thái|Lưu|Phùng|Tống|Châu|Kim|Ma|Hứa"
    "|La|Giàng|Sùng"
)
_PERSON = re.compile(
    rf"\b(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|đ/c)\s+{_NAME}"
    rf"|\b(?:{_SURNAMES})(?: [{UPPER}][{LOWER}]+){{1,3}}"
)
_DEADLINE = re.compile(
    r"\bngày \d|\btháng \d|\bquý [IV\d]|\bnăm \d{4}|\d/\d|hằng (?:năm|tháng|quý|tuần)"
    r"|trong thời hạn|ngày làm việc",
    re.IGNORECASE,
)
_DATES = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b|ngày \d+ tháng \d+ năm \d+|năm \d{4}")
_INSIDE_NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")
_UNITS = {"tien": ("dong",), "phan": ("phantram",), "kinh": ("dong",)}
"""What a figure is followed by where the thing counted goes by its unit."""


def names_person(text: str) -> bool:
    """Whether a person is named: after «ông», «bà», «đồng chí», or by a Vietnamese surname."""
    return bool(_PERSON.search(text))


def tells_time(text: str) -> bool:
    """Whether a date, a period or a time limit stands there, those of cited documents aside."""
    return bool(_DEADLINE.search(without_numbers(text)))


def names_other_document(question: Question, text: str) -> bool:
    """Whether a document is named that the question does not name itself."""
    named = [span.of(text) for span in numbers_in(text)]
    return any(not any(same(n, asked) for asked in question.numbers) for n in named)


def is_own_number(number: str, unit: Unit) -> bool:
    """Whether the unit's document bears this number itself."""
    own = unit.document.header.number
    return bool(own and same(number, own))


def counts(question: Question, unit: Unit) -> bool:
    """Whether a figure stands by what the question counts; any figure where it names nothing."""
    text = _INSIDE_NUMBER.sub("", _DATES.sub(" ", without_numbers(unit.text)))
    tokens = folded(text.replace("%", " phantram "))
    figures = [i for i, token in enumerate(tokens) if token[0].isdigit()]
    if not question.focus or unit.block.kind is BlockKind.TABLE_ROW:
        return bool(figures)
    wanted = _UNITS.get(question.focus[0], question.focus)
    return any(_in_order(wanted, tokens[i + 1 : i + 6]) for i in figures)


def without_numbers(text: str) -> str:
    """Without document numbers and the dates behind them, whose figures tell nothing else."""
    for span in reversed(list(numbers_in(text))):
        text = f"{text[: span.start]} {_OF_DOCUMENT.sub(' ', text[span.end :], count=1)}"
    return text


_OF_DOCUMENT = re.compile(r"^,?\s*ngày\s+(?:\d{1,2}/\d{1,2}/\d{4}|\d+ tháng \d+ năm \d+)")


def _in_order(wanted: tuple[str, ...], tokens: list[str]) -> bool:
    """Whether the words stand in `tokens` in this order, close behind each other."""
    try:
        places = [tokens.index(word) for word in wanted]
    except ValueError:
        return False
    return places == sorted(places) and places[0] <= 3
