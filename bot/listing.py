"""Rows for the commands that list: passages found, documents, one document."""

from typing import Any

from bot.bootstrap import Parts
from corpus.document_number import same
from corpus.errors import NotIndexedError
from corpus.model import Span
from corpus.store import Store
from corpus.stored import StoredDocument


def search_rows(parts: Parts, query: str, k: int) -> list[dict[str, Any]]:
    """The `k` best passages as the mappings that `cancu search --json` prints."""
    hits = parts.search(parts.search.understand(query), k).kept
    files = parts.store.headers()
    rows = []
    for rank, hit in enumerate(hits, 1):
        passage = hit.passage
        rows.append(
            {
                "rank": rank,
                "score": round(hit.score, 4),
                "file": files[passage.key.document][0],
                "number": passage.header.number,
                "section": passage.section,
                "text": passage.text,
                "start": passage.span.start,
                "end": passage.span.end,
            }
        )
    return rows


def document_row(document: StoredDocument) -> dict[str, Any]:
    """A document as `cancu documents --jsonl` prints it."""
    header = document.header
    return {
        "file": document.file,
        "type": header.type,
        "number": header.number,
        "date": header.date,
        "issuer": header.issuer,
        "title": header.title,
        "signer": header.signer,
        "recipients": list(header.recipients),
        "addressees": list(header.addressees),
        "status": "draft" if header.number_blank else "unknown",
        "status_basis": _blank_number(document) if header.number_blank else None,
    }


def find_document(store: Store, file_or_number: str) -> StoredDocument:
    """The document of that file name or number; NotIndexedError names what is close."""
    headers = store.headers()
    found = [i for i, (file, _) in headers.items() if file == file_or_number]
    found = found or [
        i for i, (_, h) in headers.items() if h.number and same(h.number, file_or_number)
    ]
    if len(found) > 1:
        names = ", ".join(headers[i][0] for i in found[:5])
        raise NotIndexedError(
            f"Có {len(found)} văn bản mang số {file_or_number}: {names}; hãy nêu tên tệp."
        )
    document = store.document(found[0]) if found else None
    if document is None:
        raise NotIndexedError(
            f"Kho không có văn bản {file_or_number}; xem danh sách bằng lệnh cancu documents."
        )
    return document


def _blank_number(document: StoredDocument) -> dict[str, Any]:
    """The citation that shows the empty place for the number."""
    span: Span = document.header.spans["number"]
    return {
        "n": 1,
        "file": document.file,
        "number": None,
        "title": document.header.title,
        "issuer": document.header.issuer,
        "date": document.header.date,
        "section": "",
        "quote": span.of(document.text),
        "start": span.start,
        "end": span.end,
    }
