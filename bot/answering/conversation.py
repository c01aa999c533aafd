"""A follow-up made whole from the questions before it («Còn Thanh tra tỉnh thì sao?»)."""

import re
from collections.abc import Sequence

from bot.answering.question import read_question
from corpus.text import LOWER, UPPER, fold
from retrieval.query import composed, is_plain

_THEN = re.compile(
    r"^\s*(?:(?:thế |vậy |the |vay )?(?:còn|con)|thế|vậy|the|vay)\s+(.+?)\s*"
    r"(?:thì sao|thi sao|thế nào|the nao|sao)?\s*[?!.]*$",
    re.IGNORECASE,
)
_POINTED = (
    "văn bản|kế hoạch|báo cáo|quyết định|công văn|nghị quyết|chương trình|quy chế|tỉnh|xã|huyện"
    "|đơn vị|cơ quan|sở|ông|bà|việc|nội dung"
)
_POINTS_BACK = re.compile(
    rf"\b(?:{_POINTED}) (?:đó|này|ấy|trên|nói trên|vừa nêu)\b|^(?:nó|họ)\b", re.IGNORECASE
)
_POINTS_BACK_PLAIN = re.compile(rf"\b(?:{fold(_POINTED)}) (?:do|nay|ay|tren|noi tren|vua neu)\b")
_YEAR = re.compile(r"\b(?:năm|nam)\s+(\d{4})", re.IGNORECASE)
_LEVEL = r"(?:tỉnh|thành phố|huyện|xã|phường|thị xã)"
_NAME = rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+)*"
_PLACE = re.compile(rf"\b(?:{_LEVEL}) {_NAME}")
_STOPS = (
    "được|phải|có|là|giao|làm|báo cáo|trong|theo|thì|chủ trì|phối hợp|nêu|bố trí|tổ chức|ban hành"
    "|đã|sẽ|cần|những|nhiệm vụ|vào|khi|trước"
)
_AGENCY = re.compile(
    r"\b(?:Sở|Ban|Bộ|Thanh tra|Công an|Văn phòng|UBND|HĐND|Báo|Đài|Hội|Mặt trận|Trung tâm"
    r"|Chi cục)\b"
    rf"(?:,?\s+(?!(?:{_STOPS})\b)[^\s?.;,]+)*"
)
_KINDS = (_YEAR, _PLACE, _AGENCY)


def made_whole(question: str, history: Sequence[str]) -> str:
    """The question as it would stand alone; itself where it already does."""
    question = composed(question)
    if not history:
        return question
    before = made_whole(history[-1], history[:-1])
    match = _THEN.match(question)
    if match:
        return _put_into(match.group(1), before)
    if _points_back(question) or len(read_question(question).content) < 3:
        return f"{question} ({before})"
    return question


def _points_back(question: str) -> bool:
    if is_plain(question):
        return bool(_POINTS_BACK_PLAIN.search(fold(question)))
    return bool(_POINTS_BACK.search(question))


def _put_into(subject: str, before: str) -> str:
    """`before` with its agency, place or year replaced by the one that `subject` names."""
    for kind in _KINDS:
        new = kind.search(subject) or kind.search(subject[:1].upper() + subject[1:])
        old = kind.search(before)
        if new and old:
            return f"{before[: old.start()]}{new.group().strip()} {before[old.end() :].lstrip()}"
    return f"{before} {subject}"
