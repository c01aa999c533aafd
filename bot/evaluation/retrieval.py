"""`cancu eval retrieval`: ranks a gold set with the code path of `ask`."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from math import log2
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from bot.bootstrap import Parts, build
from bot.settings import Settings
from corpus.canonical import SourceText
from corpus.document import read_document
from corpus.stored import FileRecord
from retrieval.embedder import Embedder

DEPTH = 10


def evaluate_retrieval(
    corpus: Path, queries: Path, run: Path | None, embedder: Embedder, report: Any
) -> dict[str, Any]:
    """Index the rows of `corpus`, rank those of `queries`; measures and timings as a mapping.

    `run` gets tab-separated `qid Q0 id rank score cancu`.
    """
    with tempfile.TemporaryDirectory() as folder:
        parts = build(Settings(data_dir=Path(folder), database_url=""), embedder)
        start = perf_counter()
        passages = _index(parts, _rows(corpus), report)
        indexed = perf_counter() - start
        ids = {i: file for i, (file, _) in parts.store.headers().items()}
        rankings, times = _rank(parts, list(_rows(queries)), ids)
    if run:
        run.write_text("".join(_run_lines(rankings)))
    return {
        "queries": len(rankings),
        "passages": passages,
        **_measures(rankings),
        "index_seconds": round(indexed, 1),
        "search_ms_p50": round(median(times), 1),
        "search_ms_p95": round(sorted(times)[int(len(times) * 0.95)], 1),
    }


Ranking = tuple[str, set[str], list[tuple[str, float]]]


def _index(parts: Parts, rows: Iterable[dict[str, Any]], report: Any) -> int:
    for row in rows:
        document = read_document(SourceText(row["text"]))
        name = str(row["id"])
        parts.store.put(FileRecord(name, "", name, "", ""), document, f"row-{name}"[-64:])
    parts.indexes.catch_up_lexical()
    parts.indexes.catch_up_vectors(report)
    return parts.store.counts()[1]


def _rank(
    parts: Parts, queries: list[dict[str, Any]], ids: dict[int, str]
) -> tuple[list[Ranking], list[float]]:
    rankings: list[Ranking] = []
    times: list[float] = []
    for row in queries:
        start = perf_counter()
        hits = parts.search(parts.search.understand(row["text"]), 5 * DEPTH).kept
        times.append((perf_counter() - start) * 1000)
        best: dict[str, float] = {}
        for hit in hits:
            best.setdefault(ids[hit.passage.key.document], hit.score)
        gold = {str(g) for g in row["gold"]}
        rankings.append((str(row["qid"]), gold, list(best.items())[:DEPTH]))
    return rankings, times


def _measures(rankings: list[Ranking]) -> dict[str, float]:
    count = len(rankings) or 1
    measures = {f"R@{k}": sum(_recall(r, k) for r in rankings) / count for k in (1, 5, DEPTH)}
    measures["MRR@10"] = sum(_reciprocal_rank(r) for r in rankings) / count
    measures["nDCG@10"] = sum(_ndcg(r) for r in rankings) / count
    return {name: round(value, 4) for name, value in measures.items()}


def _recall(ranking: Ranking, k: int) -> float:
    _, gold, ranked = ranking
    return len(gold & {name for name, _ in ranked[:k]}) / len(gold) if gold else 0.0


def _reciprocal_rank(ranking: Ranking) -> float:
    _, gold, ranked = ranking
    return next((1 / i for i, (name, _) in enumerate(ranked, 1) if name in gold), 0.0)


def _ndcg(ranking: Ranking) -> float:
    _, gold, ranked = ranking
    gain = sum(1 / log2(i + 1) for i, (name, _) in enumerate(ranked, 1) if name in gold)
    ideal = sum(1 / log2(i + 1) for i in range(1, min(len(gold), DEPTH) + 1))
    return gain / ideal if ideal else 0.0


def _run_lines(rankings: list[Ranking]) -> Iterator[str]:
    for qid, _, ranked in rankings:
        for rank, (name, score) in enumerate(ranked, 1):
            yield f"{qid}\tQ0\t{name}\t{rank}\t{score:.6f}\tcancu\n"


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)
