"""LangChain as its tutorials set it up: FAISS, BM25Retriever, and both in EnsembleRetriever."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever
from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from benchmarks.peers import DEPTH, Passage, Row, alone, chunks
from retrieval.embedder import Embedder


class Dense:
    """The FAISS vector store."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._folder, self._embeddings = folder, _Embeddings(embedder)

    def index(self, rows: Iterable[Row]) -> int:
        """Embed the passages, and save the store."""
        documents = _documents(chunks.cut(rows))
        FAISS.from_documents(documents, self._embeddings).save_local(str(self._folder))
        return len(documents)

    def open(self) -> None:
        """Load the store."""
        store = FAISS.load_local(
            str(self._folder), self._embeddings, allow_dangerous_deserialization=True
        )
        self._retriever = store.as_retriever(search_kwargs={"k": DEPTH})

    def search(self, question: str, history: Sequence[str] = ()) -> list[Passage]:
        """The nearest passages."""
        return _passages(self._retriever.invoke(alone(question, history)))


class Lexical:
    """BM25Retriever, which splits on white space and has no file of its own."""

    def __init__(self, folder: Path, _embedder: Embedder) -> None:
        self._file = folder / "passages.json"

    def index(self, rows: Iterable[Row]) -> int:
        """Build the retriever once, and save its passages."""
        found = chunks.cut(rows)
        chunks.save(found, self._file)
        self._retriever = BM25Retriever.from_documents(_documents(found), k=DEPTH)
        return len(found)

    def open(self) -> None:
        """Build the retriever again."""
        documents = _documents(chunks.read(self._file))
        self._retriever = BM25Retriever.from_documents(documents, k=DEPTH)

    def search(self, question: str, history: Sequence[str] = ()) -> list[Passage]:
        """The best passages by their words."""
        return _passages(self._retriever.invoke(alone(question, history)))


class Ensemble:
    """Reciprocal rank fusion of the two, with equal weights."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._dense, self._lexical = Dense(folder, embedder), Lexical(folder, embedder)

    def index(self, rows: Iterable[Row]) -> int:
        """Build both."""
        rows = list(rows)
        self._lexical.index(rows)
        return self._dense.index(rows)

    def open(self) -> None:
        """Load the one, build the other again."""
        self._dense.open()
        self._lexical.open()
        both = [self._lexical._retriever, self._dense._retriever]
        self._retriever = EnsembleRetriever(retrievers=both, weights=[0.5, 0.5])

    def search(self, question: str, history: Sequence[str] = ()) -> list[Passage]:
        """The best passages of both."""
        return _passages(self._retriever.invoke(alone(question, history)))


class _Embeddings(Embeddings):
    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._embedder.passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self._embedder.question(text)[0].tolist()
        return vector


def _documents(passages: Iterable[Passage]) -> list[Document]:
    return [Document(page_content=p.text, metadata={"row": p.id}) for p in passages]


def _passages(documents: Iterable[Any]) -> list[Passage]:
    return [Passage(d.metadata["row"], d.page_content) for d in documents][:DEPTH]
