"""txtai with `hybrid=True` and stored content. It has no splitter but gets LangChain's passages."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from txtai import Embeddings

from benchmarks.peers import DEPTH, Passage, Row, alone, chunks
from retrieval.embedder import Embedder, Vectors

_PROMPTS = {"query": "query: ", "data": "passage: "}


class Txtai:
    """Vectors from outside (`method: external`); the prompts tell a question from a passage."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._folder, self._transform = folder, _transform(embedder)

    def index(self, rows: Iterable[Row]) -> int:
        """Index and save."""
        passages = chunks.cut(rows)
        self._search = Embeddings(
            method="external",
            transform=self._transform,
            instructions=_PROMPTS,
            hybrid=True,
            content=True,
        )
        self._search.index((f"{n}|{p.id}", p.text, None) for n, p in enumerate(passages))
        self._search.save(str(self._folder))
        return len(passages)

    def open(self) -> None:
        """Load the index."""
        self._search = Embeddings()
        self._search.load(str(self._folder), config={"transform": self._transform})

    def search(self, question: str, history: Sequence[str] = ()) -> list[Passage]:
        """The best passages."""
        found = self._search.search(alone(question, history), DEPTH)
        return [Passage(hit["id"].partition("|")[2], hit["text"]) for hit in found]


def _transform(embedder: Embedder) -> Callable[[list[str]], Any]:
    def transform(texts: list[str]) -> Vectors:
        query, passage = _PROMPTS["query"], _PROMPTS["data"]
        if texts[0].startswith(query):
            return embedder.question(texts[0].removeprefix(query))
        return embedder.passages([text.removeprefix(passage) for text in texts])

    return transform
