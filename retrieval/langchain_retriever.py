"""The search as a LangChain retriever, for whoever chains it with other parts.

The only importer of `langchain_core` here; nothing that answers a question imports this module.
"""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from corpus.store import Store
from retrieval.search import Hit, Search


class CorpusRetriever(BaseRetriever):
    """The `k` best passages of a corpus as LangChain documents.

    `page_content` is the passage word for word; the metadata say where it stands: `file`, `type`,
    `number`, `date`, `issuer`, `title`, `section`, `headings`, `start` and `end` (offsets in the
    document's canonical text), and the `score` (0…1).
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: Search
    store: Store
    k: int = 5

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        del run_manager  # one step, nothing to report on the way
        hits = self.search(self.search.understand(query), self.k).kept
        files = {key: file for key, (file, _) in self.store.headers().items()}
        return [
            Document(page_content=hit.passage.text, metadata=_metadata(hit, files))
            for hit in hits
            if hit.passage.key.document in files
        ]


def _metadata(hit: Hit, files: dict[int, str]) -> dict[str, Any]:
    passage, header = hit.passage, hit.passage.header
    return {
        "file": files[passage.key.document],
        "type": header.type,
        "number": header.number,
        "date": header.date,
        "issuer": header.issuer,
        "title": header.title,
        "section": passage.section,
        "headings": list(passage.headings),
        "start": passage.span.start,
        "end": passage.span.end,
        "score": round(hit.score, 4),
    }
