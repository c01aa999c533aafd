"""Answers, sources and documents on a terminal; plain where the output is no terminal."""

import sys

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bot.answering.outcomes import Answered, Citation
from bot.answering.pipeline import Answer
from bot.answering.source import SourceView, document_line, spoken_date, spoken_section
from bot.answering.texts import plain_text
from bot.terminal_ui import texts
from corpus.model import BlockKind
from corpus.stored import StoredDocument


def console() -> Console:
    """The console that everything is printed on; only a person's terminal has a width."""
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def print_answer(answer: Answer, out: Console | None = None) -> None:
    """The reply, and one line for each source."""
    out = out or console()
    out.print(Text(plain_text(answer.outcome)))
    if isinstance(answer.outcome, Answered):
        print_sources(answer.outcome.citations, out)


def print_sources(citations: tuple[Citation, ...], out: Console) -> None:
    """A line a source: its number, document and place."""
    out.print()
    out.print(Text(f"{texts.SOURCES}:", style="bold"))
    for citation in citations:
        out.print(Text(f"  [{citation.n}] {source_line(citation)}", style="dim"))


def source_line(citation: Citation) -> str:
    """A citation in one line, the file last."""
    place = spoken_section(citation.section)
    number = f"số {citation.number}" if citation.number else (citation.title or "")[:70]
    date = f"ngày {spoken_date(citation.date)}" if citation.date else ""
    parts = (place, number, date, citation.issuer or "", citation.file)
    return ", ".join(part for part in parts if part)


def print_source(view: SourceView, number: int, out: Console) -> None:
    """A quote in its surroundings, marked."""
    body = Text()
    body.append(view.before, style="dim")
    body.append(view.quote, style="bold")
    body.append(view.after, style="dim")
    place = spoken_section(view.section)
    title = f"[{number}] {document_line(view.header, view.file)}"
    foot = ", ".join(part for part in (place, view.file) if part)
    out.print(Panel(body, title=escape(title[:110]), subtitle=escape(foot)), soft_wrap=False)


def print_document(document: StoredDocument) -> None:
    """A document: what it says of itself, then its text by structure."""
    out = console()
    header = document.header
    facts = {
        "Tệp": document.file, "Loại": header.type, "Số": header.number, "Ngày": header.date,
        "Cơ quan": header.issuer, "Trích yếu": header.title, "Người ký": header.signer,
        "Nơi nhận": "; ".join(header.recipients),
    }  # fmt: skip
    for name, fact in facts.items():
        out.print(Text.assemble((f"{name}: ", "bold"), fact or "văn bản không ghi"))
    out.print()
    for block in document.document.blocks:
        style = "bold" if block.kind in (BlockKind.HEADING, BlockKind.TITLE) else ""
        indent = max(0, min(block.rank - 5, 6)) * 2 if block.section else 0
        out.print(Padding(Text(block.span.of(document.text), style=style), (0, 0, 0, indent)))
