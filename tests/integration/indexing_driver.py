"""An indexing run in a process of its own, slow enough to be killed: prints each step it reaches.

python -m tests.integration.indexing_driver DATA FOLDER
"""

import sys
import time
from pathlib import Path

from bot.bootstrap import build
from bot.indexing import run_index
from bot.settings import Settings
from retrieval.embedder import Vectors
from tests.fakes.embedder import FakeEmbedder


class _SlowEmbedder(FakeEmbedder):
    def passages(self, texts: "list[str]") -> Vectors:  # type: ignore[override]
        time.sleep(0.02)
        return super().passages(texts)


class _Told:
    def files(self, done: int, total: int, name: str) -> None:
        print(f"files {done} {total} {name}", flush=True)

    def vectors(self, done: int, total: int) -> None:
        print(f"vectors {done} {total}", flush=True)


if __name__ == "__main__":
    data, folder = map(Path, sys.argv[1:])
    report = run_index(build(Settings(data_dir=data), _SlowEmbedder()), [folder], _Told())
    print("done", report.passages, flush=True)
