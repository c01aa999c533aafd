"""This project and its peers on the same data, with the same embedding, in one run."""

import importlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from retrieval.embedder import Embedder

DEPTH = 50
"""Passages that each system gives for one question."""


class Row(NamedTuple):
    """A document to be indexed, and what names it."""

    id: str
    text: str


class Passage(NamedTuple):
    """A passage found, and the row that it is of."""

    id: str
    text: str


class System(Protocol):
    """A search over rows, kept in one folder."""

    def __init__(self, folder: Path, embedder: Embedder) -> None: ...

    def index(self, rows: Iterable[Row]) -> int:
        """Cut, index and save the rows; how many passages they gave."""
        ...

    def open(self) -> None:
        """Make ready to search what the folder holds; what cannot be saved is built again."""
        ...

    def search(self, question: str, history: Sequence[str] = ()) -> list[Passage]:
        """The best passages, best first; `history` are the earlier questions of the chat."""
        ...


OURS = "this project"
SYSTEMS = {
    OURS: "cancu.Cancu",
    "LangChain FAISS": "langchain_stock.Dense",
    "LangChain BM25Retriever": "langchain_stock.Lexical",
    "LangChain EnsembleRetriever": "langchain_stock.Ensemble",
    "txtai hybrid": "txtai_hybrid.Txtai",
    "Haystack hybrid, joiner as stock": "haystack_hybrid.Haystack",
    "Haystack hybrid, joined by rank": "haystack_hybrid.ByRank",
    "bm25s": "bm25s_alone.Bm25s",
}

AT_SCALE = [OURS, "LangChain EnsembleRetriever", "txtai hybrid", "bm25s"]
"""Those that keep no vectors as text: Haystack's in-memory store saves them as JSON."""


def load(name: str, folder: Path, embedder: Embedder) -> System:
    """Make the system of this name; imports its library. Raises ImportError where it lacks."""
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"  # no measurement goes out of the house
    module, _, kind = SYSTEMS[name].partition(".")
    found = getattr(importlib.import_module(f"benchmarks.peers.{module}"), kind)
    return cast(type[System], found)(folder, embedder)


def alone(question: str, history: Sequence[str]) -> str:
    """A question with the earlier ones in front, for systems that know no chat."""
    return " ".join([*history, question])
