"""The composition root: the only place that knows concrete adapters. Creates nothing at import."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from filelock import FileLock, Timeout

from bot.answering.pipeline import Assistant
from bot.settings import Settings
from corpus.errors import ConfigurationError, CorpusBusyError
from corpus.readers.plain_text import PlainTextReader
from corpus.readers.port import Reader
from corpus.store import Store
from retrieval.bundled_embedder import BundledEmbedder
from retrieval.embedder import Embedder
from retrieval.indexes import Indexes
from retrieval.reranker import Reranker
from retrieval.search import Search


@dataclass
class Parts:
    """Everything that runs, wired once. Tests hand in other settings or another embedder."""

    settings: Settings
    embedder: Embedder
    reranker: Reranker | None = None

    @cached_property
    def store(self) -> Store:
        """The database, brought to today's form."""
        self._make_data_dir()
        store = Store(self.settings.database_url or self.settings.database_file)
        store.migrate()
        return store

    @cached_property
    def indexes(self) -> Indexes:
        """The lexical and dense index."""
        return Indexes(self.store, self.settings.data_dir / "indexes", self.embedder)

    @cached_property
    def search(self) -> Search:
        """The hybrid search."""
        return Search(self.store, self.indexes, self.embedder, self.reranker)

    @cached_property
    def assistant(self) -> Assistant:
        """The assistant over this corpus; what a killed run left is taken up first."""
        self.catch_up()
        return Assistant(self.store, self.indexes, self.search)

    @cached_property
    def readers(self) -> tuple[Reader, ...]:
        """One reader for each kind of file."""
        return (PlainTextReader(),)

    def lock(self) -> FileLock:
        """Held by whoever changes corpus or indexes."""
        self._make_data_dir()
        return FileLock(self.settings.data_dir / "indexing.lock", timeout=0)

    def catch_up(self) -> None:
        """Finish what a killed run left: words at once; vectors wait for the next `index`."""
        with suppress(CorpusBusyError), exclusive(self.lock()):
            self.indexes.catch_up_lexical()

    def _make_data_dir(self) -> None:
        try:
            self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigurationError(
                f"Không tạo được thư mục dữ liệu {self.settings.data_dir}: {error.strerror}; "
                "hãy đặt CANCU_DATA_DIR vào nơi ghi được."
            ) from error


class exclusive:  # noqa: N801 - reads as a verb in a `with`
    """Holds a lock or raises CorpusBusyError at once."""

    def __init__(self, lock: FileLock) -> None:
        self._lock = lock

    def __enter__(self) -> None:
        try:
            self._lock.acquire()
        except Timeout:
            raise CorpusBusyError(
                "Một lượt đọc văn bản khác đang chạy; hãy chờ lượt đó xong rồi chạy lại."
            ) from None

    def __exit__(self, *_error: object) -> None:
        self._lock.release()


def build(settings: Settings, embedder: Embedder | None = None) -> Parts:
    """Wire everything for these settings."""
    return Parts(settings, embedder or _embedder(settings), _reranker(settings))


def _embedder(settings: Settings) -> Embedder:
    if not settings.embedding_model:
        return BundledEmbedder(settings.data_dir / "models")
    from retrieval.sentence_transformers_embedder import SentenceTransformersEmbedder

    return SentenceTransformersEmbedder(settings.embedding_model)


def _reranker(settings: Settings) -> Reranker | None:
    if not settings.reranker_model:
        return None
    from retrieval.cross_encoder_reranker import CrossEncoderReranker

    return CrossEncoderReranker(settings.reranker_model)


SAMPLES = Path(__file__).parent.parent / "corpus" / "samples" / "documents"
"""Our own documents of a made-up province."""
