"""Outcomes and sources as Telegram messages: HTML text, and buttons that open the sources."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.answering.outcomes import Answered, Citation, Outcome
from bot.answering.source import SourceView, document_line, spoken_section
from bot.answering.texts import plain_text
from bot.telegram_ui.split import LIMIT, fitting, pieces, units
from corpus.model import Span

_BUTTONS_IN_A_ROW = 2
_LONGEST_LABEL = 34
_DATA = re.compile(r"s:(\d{1,12}):(\d{1,10}):(\d{1,10})")
_MARK = re.compile(r"((?:\[\d+\])+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: HTML, and the keyboard under it if any."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None


def replies(outcome: Outcome) -> Iterator[Reply]:
    """An outcome as messages, in order; the last one bears the source buttons."""
    texts = list(pieces(plain_text(outcome).split("\n")))
    keyboard = _keyboard(outcome.citations) if isinstance(outcome, Answered) else None
    for i, text in enumerate(texts, 1):
        html = _MARK.sub(r"<b>\1</b>", escape(text, quote=False))
        yield Reply(html, keyboard if i == len(texts) else None)


def source_reply(view: SourceView) -> Reply:
    """A source opened: document, section, and the quote marked in its surroundings."""
    place = spoken_section(view.section)
    head = document_line(view.header, view.file)
    head = head[: fitting(head, 300)]
    room = LIMIT - units(head) - units(place) - units(view.file) - 60
    quote = _clipped(view.quote, room // 2, from_end=False)
    around = (room - units(quote)) // 2
    before = _clipped(view.before.strip(), around, from_end=True)
    after = _clipped(view.after.strip(), around, from_end=False)
    parts = [
        f"<b>{escape(head, quote=False)}</b>",
        escape(" – ".join(part for part in (place, view.file) if part), quote=False),
        "",
        escape(before, quote=False),
        f"<blockquote>{escape(quote, quote=False)}</blockquote>",
        escape(after, quote=False),
    ]
    return Reply("\n".join(parts).strip())


def source_data(citation: Citation) -> str:
    """What a source button carries: enough to open it after a restart."""
    return f"s:{citation.document}:{citation.start}:{citation.end}"


def read_source_data(data: str) -> tuple[int, Span] | None:
    """Document and span of a source button; None for anything else."""
    match = _DATA.fullmatch(data)
    return (int(match[1]), Span(int(match[2]), int(match[3]))) if match else None


def _keyboard(citations: tuple[Citation, ...]) -> InlineKeyboardMarkup:
    buttons = [
        InlineKeyboardButton(_label(citation), callback_data=source_data(citation))
        for citation in citations
    ]
    rows = range(0, len(buttons), _BUTTONS_IN_A_ROW)
    return InlineKeyboardMarkup([buttons[i : i + _BUTTONS_IN_A_ROW] for i in rows])


def _label(citation: Citation) -> str:
    place = spoken_section(citation.section)
    name = citation.number or citation.title or citation.file
    label = f"[{citation.n}] {', '.join(part for part in (name[:22], place) if part)}"
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"


def _clipped(text: str, room: int, *, from_end: bool) -> str:
    if units(text) <= room:
        return text
    if from_end:
        return f"…{text[::-1][: fitting(text[::-1], room)][::-1]}"
    return f"{text[: fitting(text, room)]}…"
