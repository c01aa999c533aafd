from pathlib import Path

from corpus.store import Store
from examples.langchain_chain import chain
from retrieval.langchain_retriever import CorpusRetriever
from tests.fakes.embedder import FakeEmbedder
from tests.unit.retrieval.corpora import PLAN, put
from tests.unit.retrieval.test_search import searching


def retriever(store: Store, folder: Path, k: int = 2) -> CorpusRetriever:
    put(store, "plan.txt", PLAN)
    search, _ = searching(store, folder, FakeEmbedder())
    return CorpusRetriever(search=search, store=store, k=k)


def test_documents_are_passages_with_their_place(store: Store, tmp_path: Path) -> None:
    found = retriever(store, tmp_path).invoke("chuan bi bao nhieu cay giong")
    text = store.document(1)
    assert text is not None
    assert 0 < len(found) <= 2
    for document in found:
        place = document.metadata
        assert place["file"] == "plan.txt"
        assert text.text[place["start"] : place["end"]] == document.page_content
    assert found[0].metadata["score"] >= found[-1].metadata["score"]


def test_a_chain_numbers_the_passages_for_a_model(store: Store, tmp_path: Path) -> None:
    prompt = chain(retriever(store, tmp_path)).invoke("Chuẩn bị bao nhiêu cây giống?").to_string()
    assert "[1] " in prompt
    assert "Câu hỏi: Chuẩn bị bao nhiêu cây giống?" in prompt


def test_an_empty_corpus_finds_nothing(store: Store, tmp_path: Path) -> None:
    search, _ = searching(store, tmp_path, FakeEmbedder())
    assert CorpusRetriever(search=search, store=store).invoke("cây giống") == []
