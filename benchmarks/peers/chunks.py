"""Passages of the systems that have no reader of their own: LangChain's stock splitter."""

import json
from collections.abc import Iterable
from pathlib import Path

from langchain_text_splitters import RecursiveCharacterTextSplitter

from benchmarks.peers import Passage, Row

LONGEST, OVERLAP = 1_000, 200  # characters


def cut(rows: Iterable[Row]) -> list[Passage]:
    """Cut every row."""
    split = RecursiveCharacterTextSplitter(chunk_size=LONGEST, chunk_overlap=OVERLAP).split_text
    return [Passage(row.id, text) for row in rows for text in split(row.text)]


def save(passages: list[Passage], file: Path) -> None:
    """Keep passages for what has to be built again at each start."""
    file.write_text(json.dumps(passages), "utf-8")


def read(file: Path) -> list[Passage]:
    """The passages that `save` kept."""
    return [Passage(*pair) for pair in json.loads(file.read_text("utf-8"))]
