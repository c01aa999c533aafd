"""One embedding for all: made through the project's own port, once, and kept in a file."""

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import perf_counter

import numpy as np

from retrieval.embedder import Embedder, Vectors

_BATCH = 64


def composed(data_dir: Path) -> Embedder:
    """The embedder of the composition root."""
    from bot.bootstrap import build
    from bot.settings import Settings

    return build(Settings(data_dir=data_dir, database_url="")).embedder


@dataclass
class CachedEmbedder:
    """The port over a file of vectors by text; what is not there is made, kept and counted."""

    file: Path
    model: str
    dimension: int
    live: Callable[[Path], Embedder] = composed
    """Makes the embedder that is asked for what the file lacks, given a folder of its own."""
    expected: int = 0
    made: int = 0
    seconds: float = 0.0
    """Spent in this embedder, reading the file included."""

    @property
    def runtime(self) -> str:
        """Whatever made the vectors of the file."""
        return "cached"

    def expect(self, count: int) -> None:
        """Remember how many may come, for the model that is asked for those that lack."""
        self.expected = count

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts to be found."""
        return self._vectors("passage", texts, self._make_passages)

    def question(self, text: str) -> Vectors:
        """The vector of a question."""
        return self._vectors("query", [text], lambda texts: self._live.question(texts[0]))

    def all_passages(self) -> Vectors:
        """Every passage's vector in the file. Raises LookupError where it has none."""
        query = "SELECT row FROM vector WHERE kind = ? ORDER BY key"
        rows = self._database.execute(query, [self._kind("passage")]).fetchall()
        if not rows:
            raise LookupError(f"{self.file} has no vectors yet: run the part `ranking` first")
        return np.stack([np.frombuffer(row, np.float32) for (row,) in rows])

    def _vectors(
        self, kind: str, texts: Sequence[str], make: Callable[[list[str]], Vectors]
    ) -> Vectors:
        start = perf_counter()
        missing = [text for text in dict.fromkeys(texts) if self._kept(kind, text) is None]
        self.expected = max(self.expected, len(missing))
        for at in range(0, len(missing), _BATCH):
            batch = missing[at : at + _BATCH]
            self._keep(kind, batch, make(batch))
        rows = [row for text in texts if (row := self._kept(kind, text)) is not None]
        self.seconds += perf_counter() - start
        return np.stack(rows) if rows else np.empty((0, self.dimension), np.float32)

    def _make_passages(self, texts: list[str]) -> Vectors:
        self._live.expect(self.expected)
        return self._live.passages(texts)

    def _kept(self, kind: str, text: str) -> Vectors | None:
        query = "SELECT row FROM vector WHERE key = ?"
        found = self._database.execute(query, [self._key(kind, text)]).fetchone()
        return np.frombuffer(found[0], np.float32) if found else None

    def _keep(self, kind: str, texts: Sequence[str], vectors: Vectors) -> None:
        pairs = zip(texts, vectors.astype(np.float32), strict=True)
        rows = [(self._key(kind, text), self._kind(kind), row.tobytes()) for text, row in pairs]
        with self._database:
            self._database.executemany("INSERT OR IGNORE INTO vector VALUES (?, ?, ?)", rows)
        self.made += len(rows)

    def _key(self, kind: str, text: str) -> bytes:
        return hashlib.sha1(f"{self._kind(kind)}\0{text}".encode()).digest()

    def _kind(self, kind: str) -> str:
        return f"{self.model}\0{kind}"

    @cached_property
    def _database(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.file, timeout=60, check_same_thread=False)
        database.execute("CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, kind, row BLOB)")
        return database

    @cached_property
    def _live(self) -> Embedder:
        return self.live(self.file.parent)


@dataclass
class NoisyEmbedder(CachedEmbedder):
    """Vectors for generated passages: real ones of the file, each moved by noise of its own.

    Which one a text gets hangs on the text alone, so every system sees the same.
    """

    noise: float = 0.35
    """Length of the noise beside a vector of length 1."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """A moved vector for each text."""
        start = perf_counter()
        rows = np.stack([self._moved(text) for text in texts])
        self.seconds += perf_counter() - start
        return rows

    def _moved(self, text: str) -> Vectors:
        chance = np.random.default_rng(list(hashlib.sha1(text.encode()).digest()))
        base = self._base[chance.integers(len(self._base))]
        moved = base + chance.normal(0, self.noise / self.dimension**0.5, self.dimension)
        unit: Vectors = (moved / np.linalg.norm(moved)).astype(np.float32)
        return unit

    @cached_property
    def _base(self) -> Vectors:
        return self.all_passages()
