"""Numbers the sources of verified sentences and makes their citations."""

from collections.abc import Callable, Iterator, Sequence

from bot.answering.outcomes import Answered, Citation, Evidence, Sentence
from corpus.model import Span
from corpus.stored import StoredDocument

Require = Callable[[int], StoredDocument]


def cited(sentences: Sequence[Sentence], require: Require) -> Answered | None:
    """The answer with its citations; None where no sentence is left."""
    if not sentences:
        return None
    numbers: dict[Evidence, int] = {}
    marks: list[tuple[int, ...]] = []
    for sentence in sentences:
        parts = [p for e in sentence.evidence for p in _parts(e, require(e.document))]
        marks.append(tuple(numbers.setdefault(part, len(numbers) + 1) for part in parts))
    citations = tuple(_citation(n, e, require(e.document)) for e, n in numbers.items())
    return Answered(tuple(sentences), tuple(marks), citations)


def section_at(document: StoredDocument, offset: int) -> str:
    """The section that holds an offset of the canonical text."""
    for block in document.document.blocks:
        if block.span.start <= offset < block.span.end:
            return block.section
    return ""


def _parts(evidence: Evidence, document: StoredDocument) -> Iterator[Evidence]:
    """The span in parts that stood together in the source.

    Where reading left something out (a page number between two lines), the words on either side
    are two quotes, so that each can be found in the file as it is.
    """
    start = evidence.span.start
    for cut in document.document.omissions:
        if start < cut < evidence.span.end:
            before = len(document.text[start:cut].rstrip())
            yield Evidence(evidence.document, Span(start, start + before))
            start = cut
    yield Evidence(evidence.document, Span(start, evidence.span.end))


def _citation(n: int, evidence: Evidence, document: StoredDocument) -> Citation:
    header, span = document.header, evidence.span
    return Citation(
        n=n,
        document=document.id,
        file=document.file,
        number=header.number,
        title=header.title,
        issuer=header.issuer,
        date=header.date,
        section=section_at(document, span.start),
        quote=span.of(document.text),
        start=span.start,
        end=span.end,
    )
