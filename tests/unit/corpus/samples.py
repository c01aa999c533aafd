"""The project's sample documents, read once for all tests."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import corpus
from corpus.canonical import SourceText
from corpus.document import read_document
from corpus.model import Document
from corpus.readers.plain_text import PlainTextReader
from tests.shared_data import rows

SAMPLES = Path(corpus.__file__).parent / "samples"
GOLD: dict[str, dict[str, Any]] = {row["file"]: row for row in rows(SAMPLES / "documents.jsonl")}
NAMES = sorted(path.name for path in (SAMPLES / "documents").iterdir())


@cache
def source(name: str) -> SourceText:
    """The text of a sample file, as the reader gives it."""
    return PlainTextReader().read(SAMPLES / "documents" / name)


@cache
def document(name: str) -> Document:
    """A sample, read."""
    return read_document(source(name))


def read(text: str, *, markdown: bool = False) -> Document:
    """A document written inside a test."""
    return read_document(SourceText(text, markdown=markdown))


@contextmanager
def quickly() -> Iterator[None]:
    """For odd texts of `LONG` characters: what grows with the square of the length fails here."""
    start = time.process_time()  # not the clock: other work on the machine does not count
    yield
    assert time.process_time() - start < 5


LONG = 30_000
