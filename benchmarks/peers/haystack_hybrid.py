"""Haystack in memory: its splitter by words, BM25 and embedding retrievers, DocumentJoiner."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from haystack import Document, Pipeline, component
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore

from benchmarks.peers import DEPTH, Passage, Row, alone
from retrieval.embedder import Embedder

_WORDS = 200


class Haystack:
    """The hybrid pipeline of its tutorials, with the joiner as it comes."""

    join_mode = "concatenate"

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._file, self._embedder = str(folder / "store.json"), embedder

    def index(self, rows: Iterable[Row]) -> int:
        """Split, embed and save."""
        whole = [Document(content=row.text, meta={"row": row.id}) for row in rows]
        found = DocumentSplitter("word", _WORDS, 0).run(documents=whole)["documents"]
        vectors = self._embedder.passages([document.content for document in found])
        store = InMemoryDocumentStore()
        pairs = zip(found, vectors, strict=True)
        store.write_documents([replace(d, embedding=vector.tolist()) for d, vector in pairs])
        store.save_to_disk(self._file)
        return int(store.count_documents())

    def open(self) -> None:
        """Load the store and connect the pipeline."""
        store = InMemoryDocumentStore.load_from_disk(self._file)
        self._pipeline = Pipeline()
        self._pipeline.add_component("embedder", _QuestionEmbedder(self._embedder))
        self._pipeline.add_component("bm25", InMemoryBM25Retriever(store, top_k=DEPTH))
        self._pipeline.add_component("dense", InMemoryEmbeddingRetriever(store, top_k=DEPTH))
        self._pipeline.add_component("joiner", DocumentJoiner(self.join_mode))
        self._pipeline.connect("embedder.embedding", "dense.query_embedding")
        self._pipeline.connect("bm25", "joiner")
        self._pipeline.connect("dense", "joiner")

    def search(self, question: str, history: Sequence[str] = ()) -> list[Passage]:
        """The best passages."""
        text = alone(question, history)
        found = self._pipeline.run({"embedder": {"text": text}, "bm25": {"query": text}})
        return [Passage(d.meta["row"], d.content) for d in found["joiner"]["documents"]][:DEPTH]


class ByRank(Haystack):
    """The same with reciprocal rank fusion, the joiner's other way."""

    join_mode = "reciprocal_rank_fusion"


@component
class _QuestionEmbedder:
    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    @component.output_types(embedding=list[float])  # type: ignore[untyped-decorator]
    def run(self, text: str) -> dict[str, list[float]]:
        return {"embedding": self._embedder.question(text)[0].tolist()}
