"""This project: files indexed as `cancu index` does, questions put as `cancu ask` does."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.peers import DEPTH, Passage, Row
from bot.answering import frame
from bot.answering.conversation import made_whole
from bot.answering.question import read_question
from bot.bootstrap import build
from bot.indexing import run_index
from bot.settings import Settings
from retrieval.embedder import Embedder


class Cancu:
    """The composition root of the program, in a folder of its own."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._folder = folder
        self._parts = build(Settings(data_dir=folder / "data", database_url=""), embedder)

    def index(self, rows: Iterable[Row]) -> int:
        """Write each row as a file, and read the files in."""
        names: dict[str, str] = {}
        documents = self._folder / "documents"
        documents.mkdir()
        for number, row in enumerate(rows):
            file = documents / f"{number:06}.txt"
            file.write_text(row.text, "utf-8")
            names[file.name] = row.id
        (self._folder / "names.json").write_text(json.dumps(names))
        return run_index(self._parts, [documents], _Silent()).passages

    def open(self) -> None:
        """Open database and indexes."""
        self._parts.catch_up()
        names = json.loads((self._folder / "names.json").read_text())
        self._headers = self._parts.store.headers()
        self._ids = {number: names[file] for number, (file, _) in self._headers.items()}

    def search(self, question: str, history: Sequence[str] = ()) -> list[Passage]:
        """What the assistant would read closely, and on."""
        asked = read_question(made_whole(question, history), self._parts.search.understand)
        named = frame.numbered(asked, self._headers) if asked.numbered else []
        hits = self._parts.search(asked.query, DEPTH, named).kept
        return [Passage(self._ids[hit.passage.key.document], hit.passage.text) for hit in hits]


class _Silent:
    def files(self, done: int, total: int, name: str) -> None:
        pass

    def vectors(self, done: int, total: int) -> None:
        pass
