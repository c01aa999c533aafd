"""bm25s as its README shows it, over LangChain's passages."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import bm25s

from benchmarks.peers import DEPTH, Passage, Row, alone, chunks
from retrieval.embedder import Embedder


class Bm25s:
    """BM25 with its own tokenizer and no vectors."""

    def __init__(self, folder: Path, _embedder: Embedder) -> None:
        self._folder = folder

    def index(self, rows: Iterable[Row]) -> int:
        """Score everything, and save it with the passages."""
        passages = chunks.cut(rows)
        index = bm25s.BM25()
        index.index(bm25s.tokenize([p.text for p in passages], **_SILENT), **_SILENT)
        index.save(self._folder, corpus=[p._asdict() for p in passages], **_SILENT)
        return len(passages)

    def open(self) -> None:
        """Load the index and the passages."""
        self._index = bm25s.BM25.load(self._folder, load_corpus=True)

    def search(self, question: str, history: Sequence[str] = ()) -> list[Passage]:
        """The best passages by their words."""
        terms = bm25s.tokenize(alone(question, history), **_SILENT)
        k = min(DEPTH, len(self._index.corpus))
        found, _ = self._index.retrieve(terms, k=k, **_SILENT)
        return [Passage(row["id"], row["text"]) for row in found[0]]


_SILENT = {"show_progress": False}
