"""Measures one system over one set of data, each step in a fresh process."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks import in_child, memory, seconds
from benchmarks.peers import Passage, System, load
from benchmarks.peers.data import Asked, Data
from benchmarks.peers.vectors import CachedEmbedder, composed

_WARM_UP = 5
_STARTS = 3


@dataclass(frozen=True)
class Built:
    """Passages, seconds without embedding, and the peak of memory in MiB."""

    passages: int
    seconds: float
    peak: float


@dataclass(frozen=True)
class Served:
    """What was found for each question, milliseconds of each search, peak of memory in MiB."""

    found: list[list[Passage]]
    times: list[float]
    peak: float


@dataclass(frozen=True)
class Measured:
    """All of one system; `start` is seconds from nothing imported to the first answer."""

    built: Built
    served: Served
    start: float


def measure(name: str, data: Data, embedder: CachedEmbedder, asked: Sequence[Asked]) -> Measured:
    """Build, serve and start one system. Raises ImportError where its library lacks."""
    with tempfile.TemporaryDirectory() as folder:
        built: Built | None = None
        while built is None:  # vectors that had to be made would be measured with it
            top = Path(tempfile.mkdtemp(dir=folder))
            built = in_child(_build, name, top, embedder, data)
        served: Served | None = None
        while served is None:
            served = in_child(_serve, name, top, embedder, asked)
        starts = [in_child(_start, name, top, embedder, asked[0]) for _ in range(_STARTS)]
    return Measured(built, served, median(starts))


def embedding(data: Data, data_dir: Path) -> tuple[float, float, float]:
    """Passages a second, milliseconds of a question, MiB that the model takes."""
    texts = [row.text[:1_000] for row in data.rows()[::20]][:64]
    before, embedder = memory("VmRSS"), composed(data_dir)
    embedder.question(texts[0])
    asked = median(seconds(embedder.question, text[:100]) for text in texts[:20])
    return len(texts) / seconds(embedder.passages, texts), asked * 1_000, memory("VmHWM") - before


def _build(name: str, folder: Path, embedder: CachedEmbedder, data: Data) -> Built | None:
    system, rows = load(name, folder, embedder), data.rows()
    start = perf_counter()
    passages = system.index(rows)
    spent = perf_counter() - start - embedder.seconds
    return None if embedder.made else Built(passages, spent, memory("VmHWM"))


def _serve(
    name: str, folder: Path, embedder: CachedEmbedder, asked: Sequence[Asked]
) -> Served | None:
    system = load(name, folder, embedder)
    system.open()
    for question in asked[:_WARM_UP]:
        system.search(*question)
    timed = [_timed(system, question) for question in asked]
    if embedder.made:
        return None
    return Served([found for found, _ in timed], [ms for _, ms in timed], memory("VmHWM"))


def _start(name: str, folder: Path, embedder: CachedEmbedder, asked: Asked) -> float:
    start = perf_counter()
    system = load(name, folder, embedder)
    system.open()
    system.search(*asked)
    return perf_counter() - start


def _timed(system: System, question: Asked) -> tuple[list[Passage], float]:
    start = perf_counter()
    found = system.search(*question)
    return found, (perf_counter() - start) * 1_000
