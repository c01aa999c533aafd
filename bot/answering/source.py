"""A citation opened: the quote in its surroundings, and the document it stands in."""

import re
from dataclasses import dataclass

from bot.answering.cite import section_at
from corpus.model import Header, Span
from corpus.store import Store

_AROUND = 400
"""Characters shown before and after a quote, from whole paragraphs where they are short."""
_MONTHS = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$")


@dataclass(frozen=True, slots=True)
class SourceView:
    """A quote with the words around it; `file` is the name of the document's file."""

    file: str
    header: Header
    section: str
    before: str
    quote: str
    after: str


def view_source(store: Store, document_id: int, span: Span) -> SourceView | None:
    """Open a span; None when the document is gone or never had it."""
    document = store.document(document_id)
    if document is None or not 0 <= span.start < span.end <= len(document.text):
        return None
    text = document.text
    first = text.rfind("\n", 0, max(0, span.start - _AROUND)) + 1
    last = text.find("\n", min(len(text), span.end + _AROUND))
    first = max(first, span.start - 3 * _AROUND)
    last = min(last if last >= 0 else len(text), span.end + 3 * _AROUND)
    return SourceView(
        file=document.file,
        header=document.header,
        section=section_at(document, span.start),
        before=text[first : span.start],
        quote=span.of(text),
        after=text[span.end : last],
    )


def spoken_section(section: str) -> str:
    """A section as officials say it: `Điều 4.2.a` is «điểm a khoản 2 Điều 4»."""
    if not section:
        return ""
    head, *rest = section.split(".")
    if head.startswith("Điều"):
        names = ("khoản", "điểm")
        parts = [f"{name} {value}" for name, value in zip(names, rest, strict=False)]
        return " ".join([*reversed(parts), head])
    return section if head.startswith(("Phụ lục", "Chương", "Phần")) else f"mục {section}"


def document_line(header: Header, file: str) -> str:
    """A document in one line: type, number, date, issuer, subject; its file where it has none."""
    known = [header.type, f"số {header.number}" if header.number else None]
    known += [f"ngày {spoken_date(header.date)}" if header.date else None]
    line = " ".join(part for part in known if part)
    if header.issuer:
        line = f"{line} của {header.issuer}".strip()
    if header.title:
        line = f"{line}: {header.title}" if line else header.title
    return line or file


def spoken_date(date: str) -> str:
    """An ISO date, or as much of it as there is, the Vietnamese way: `05/10/2023`, `12/2025`."""
    match = _MONTHS.match(date)
    return "/".join(part for part in reversed(match.groups()) if part) if match else date
