"""One indexing run: files into the database, then both indexes, with progress and a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

from bot.bootstrap import Parts, exclusive
from corpus.ingest import IngestReport, ingest


class IndexProgress(Protocol):
    """Is told how far a run has come."""

    def files(self, done: int, total: int, name: str) -> None:
        """`done` of `total` files are read; `name` is the next."""
        ...

    def vectors(self, done: int, total: int) -> None:
        """`done` of `total` passages have their vectors."""
        ...


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run did, and how long it took."""

    ingest: IngestReport
    passages: int
    seconds: float

    def row(self) -> dict[str, Any]:
        """The report as the command line's JSON."""
        done = self.ingest
        return {
            "added": done.added,
            "changed": done.changed,
            "unchanged": done.unchanged,
            "removed": done.removed,
            "refused": [{"file": r.file, "reason": r.reason} for r in done.refused],
            "passages": self.passages,
            "seconds": round(self.seconds, 2),
        }

    def text(self) -> str:
        """The report in plain Vietnamese."""
        done = self.ingest
        lines = [
            f"Thêm {len(done.added)}, đổi {len(done.changed)}, giữ nguyên {done.unchanged}, "
            f"bỏ {len(done.removed)}, không nhận {len(done.refused)} tệp; "
            f"kho có {self.passages} đoạn; {self.seconds:.1f} giây."
        ]
        lines += [f"  không nhận {refusal.file}: {refusal.reason}" for refusal in done.refused]
        return "\n".join(lines)


def run_index(parts: Parts, paths: Sequence[Path], progress: IndexProgress) -> IndexReport:
    """Read what changed below `paths` and bring the indexes up to it.

    New documents can be found by their words as soon as all are read; vectors follow. Killed at
    any moment, the next run goes on. Raises CorpusBusyError while another run holds the corpus.
    """
    start = perf_counter()
    with exclusive(parts.lock()):
        report = ingest(paths, parts.store, parts.readers, progress.files)
        parts.indexes.catch_up_lexical()
        parts.indexes.catch_up_vectors(progress.vectors)
    return IndexReport(report, parts.store.counts()[1], perf_counter() - start)
