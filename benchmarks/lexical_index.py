"""Compare BM25 indexes over folded Vietnamese syllables and their pairs.

Whole articles give the quality; ``--copies`` of their passages, varied, the speed.
"""

import argparse
import sqlite3
import tempfile
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import quantiles
from typing import Any

import benchmarks as shared
from benchmarks import Terms, documents

Row = dict[str, Any]
Options = argparse.Namespace
BATCH, TOP = 50, 50


class _Tantivy:
    """tantivy-py: memory-mapped segments, one small file that names them."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self.lib, build = tantivy, tantivy.SchemaBuilder()
        build.add_integer_field("number", indexed=True, fast=True)
        build.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
        self.schema = build.build()
        self.index = tantivy.Index(self.schema, path=str(folder))

    def change(self, work: Callable[[Any], object]) -> None:
        writer = self.index.writer(heap_size=64_000_000, num_threads=1)
        work(writer)
        writer.commit()
        self.index.reload()

    def add(self, first: int, documents: Iterable[Terms]) -> None:
        make, rows = self.lib.Document.from_dict, enumerate(documents, first)
        docs = (make({"number": n, "body": " ".join(t)}, self.schema) for n, t in rows)
        self.change(lambda writer: deque(map(writer.add_document, docs), maxlen=0))

    def delete(self, number: int, _terms: Terms) -> None:
        self.change(lambda w: w.delete_documents_by_term("number", number))

    def search(self, terms: Terms) -> list[int]:
        make, should = self.lib.Query.term_query, self.lib.Occur.Should
        parts = [(should, make(self.schema, "body", term, "freq")) for term in terms]
        wanted = self.lib.Query.boolean_query(parts)
        searcher = self.index.searcher()
        found = searcher.search(wanted, limit=TOP, count=False).hits
        numbers = searcher.fast_field_values("number", [at for _, at in found])
        return [int(number) for number in numbers if number is not None]

    def count(self) -> int:
        return int(self.index.searcher().num_docs)


class _Fts5:
    """SQLite FTS5 without stored content, ranked by its bm25()."""

    def __init__(self, folder: Path) -> None:
        self.db = sqlite3.connect(folder / "fts.db")
        self.db.execute("PRAGMA journal_mode = WAL")
        style = "content='', tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\""
        self.db.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS f USING fts5(body, {style})")

    def add(self, first: int, documents: Iterable[Terms]) -> None:
        rows = ((n, " ".join(terms)) for n, terms in enumerate(documents, first))
        with self.db:
            self.db.executemany("INSERT INTO f(rowid, body) VALUES (?, ?)", rows)

    def delete(self, number: int, terms: Terms) -> None:
        row = ("delete", number, " ".join(terms))
        with self.db:
            self.db.execute("INSERT INTO f(f, rowid, body) VALUES (?, ?, ?)", row)

    def search(self, terms: Terms) -> list[int]:
        sql = f"SELECT rowid FROM f WHERE f MATCH ? ORDER BY rank LIMIT {TOP}"
        wanted = " OR ".join(f'"{term}"' for term in terms)
        return [number for (number,) in self.db.execute(sql, (wanted,))]

    def count(self) -> int:
        return int(self.db.execute("SELECT count(*) FROM f_docsize").fetchone()[0])


class _Bm25s:
    """bm25s: scores computed beforehand; any change computes all of them again."""

    def __init__(self, folder: Path) -> None:
        import bm25s  # type: ignore[import-untyped, unused-ignore]

        self.lib, self.folder = bm25s, folder
        self.documents: list[Terms] = []  # what a caller would have to read again
        self.index: Any = bm25s.BM25.load(folder, mmap=True) if any(folder.iterdir()) else None

    def add(self, first: int, documents: Iterable[Terms]) -> None:
        self.documents[first:], self.index = documents, self.lib.BM25(k1=1.2, b=0.75)
        self.index.index(self.documents, show_progress=False)
        self.index.save(self.folder, show_progress=False)
        self.index = self.lib.BM25.load(self.folder, mmap=True)

    def delete(self, number: int, _terms: Terms) -> None:
        self.add(number, self.documents[number + 1 :])

    def search(self, terms: Terms) -> list[int]:
        top = min(TOP, self.count())
        found = self.index.retrieve([terms], k=top, show_progress=False)
        return [int(number) for number in found.documents[0]]

    def count(self) -> int:
        return int(self.index.scores["num_docs"]) if self.index else 0


Kind = _Tantivy | _Fts5 | _Bm25s
KINDS: dict[str, type[Kind]] = {"tantivy": _Tantivy, "fts5": _Fts5, "bm25s": _Bm25s}


def build(kind: str, folder: Path, a: Options, copies: int) -> Row:
    """Index every document in one commit; the terms are made inside the time."""
    before, index = shared.baseline(), KINDS[kind](folder)
    spent = shared.seconds(index.add, 0, documents(a.corpus, copies))
    peak = shared.memory("VmHWM") - before
    return {"index": kind, "documents": index.count(), "build s": spent, "build MiB": peak}


def serve(kind: str, folder: Path, a: Options, copies: int) -> Row:
    """Open what was built, ask twice, then change single documents."""
    asked = shared.questions(a.corpus, a.queries, a.share)[:: 4 if copies else 1]
    before, private = shared.baseline(), shared.memory("RssAnon")
    index = KINDS[kind](folder)
    ranked = [[index.search(form) for form in forms] for forms in asked]
    spent = [shared.seconds(index.search, forms[0]) * 1000 for forms in asked]
    found: Row = {} if copies else dict(shared.quality(ranked, a.corpus, a.queries))
    found["p50 ms"], *_, found["p95 ms"] = quantiles(spent, n=20)[9:]
    found["search MiB"] = shared.memory("VmHWM") - before
    found["of it private"] = shared.memory("RssAnon") - private
    if isinstance(index, _Bm25s):
        index.documents = list(documents(a.corpus, copies))
    return found | shared.one_by_one(index, turns=1 if kind == "bm25s" else 9)


def numbered(number: int) -> Terms:
    """Give a document no other shares a term with."""
    return [f"own{number}", *(f"own{number}_{at}" for at in range(100))]


def grow(kind: str, folder: Path, started: Any) -> None:
    """Commit batch after batch until killed."""
    index = KINDS[kind](folder)
    if isinstance(index, _Bm25s):
        index.documents = list(map(numbered, range(index.count())))
    while True:
        first = index.count()
        index.add(first, map(numbered, range(first, first + BATCH)))
        started.send(True)


def whole(kind: str, folder: Path) -> bool:
    """Tell whether only whole batches are visible."""
    index = KINDS[kind](folder)
    last = index.count() - 1
    return index.count() % BATCH == 0 and index.search([f"own{last}"])[:1] == [last]


def measure(kind: str, a: Options, copies: int) -> Row:
    """Build, search, change and kill one kind of index in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder, other = Path(name) / "index", Path(name) / "killed"
        folder.mkdir()
        found: Row = shared.in_child(build, kind, folder, a, copies)
        found["disk MiB"] = sum(f.stat().st_size for f in folder.iterdir()) / 2**20
        found |= shared.in_child(serve, kind, folder, a, copies)
        if not copies:
            kept = [shared.survives(grow, whole, kind, other) for _ in range(a.kills)]
            found["whole after kill"] = f"{sum(kept)} of {a.kills}"
    return found


def main() -> None:
    """Print a table for whole articles and one for each number of copies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--copies", type=int, nargs="*", default=[], metavar="N")
    parser.add_argument("--only", choices=list(KINDS), nargs="+", default=list(KINDS))
    parser.add_argument("--kills", type=int, default=20, help="times a writer dies")
    parser.add_argument("--share", type=float, default=1.0, help="drop commoner terms")
    options = parser.parse_args()
    for copies in [0, *options.copies]:
        for at, kind in enumerate(options.only):
            shared.print_row(measure(kind, options, copies), header=not at)


if __name__ == "__main__":
    main()
