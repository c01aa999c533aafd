"""Measurements behind the decisions in docs/adr, and what they share (Linux)."""

import json
import multiprocessing
import random
import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence, Set
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from itertools import pairwise
from math import log2
from pathlib import Path
from statistics import fmean, median
from time import perf_counter, sleep
from typing import Any, Protocol

Terms = list[str]
Call = Callable[..., Any]
PASSAGE, RUN, SWAPPED = 120, 10, 0.25  # syllables; share of runs swapped in a copy
SPAWN = multiprocessing.get_context("spawn")


class LexicalIndex(Protocol):
    """An index of numbered documents in one folder; every change is one commit."""

    def add(self, first: int, documents: Iterable[Terms]) -> None:
        """Number the documents from ``first`` on, and add them."""

    def delete(self, number: int, terms: Terms, /) -> None:
        """Take out the document with this number and these terms."""

    def search(self, terms: Terms) -> list[int]:
        """Give the numbers of the best documents, best first."""

    def count(self) -> int:
        """Count the documents that a search can see."""


def fold(text: str) -> str:
    """Lower case without diacritics."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def syllables(text: str) -> Terms:
    """Split folded text into runs of letters and digits."""
    return re.findall(r"[^\W_]+", fold(text))


def paired(syllables: Terms) -> Terms:
    """Add the pairs of neighbours as terms of their own."""
    return syllables + [f"{one}_{two}" for one, two in pairwise(syllables)]


def rows(path: Path) -> list[dict[str, Any]]:
    """Read one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def documents(corpus: Path, copies: int) -> Iterator[Terms]:
    """Give whole articles (0 copies), or their passages again and again, varied."""
    texts = [row["text"].partition("\n") for row in rows(corpus)]
    whole = [(syllables(title), syllables(rest)) for title, _, rest in texts]
    if not copies:
        yield from (paired(title + rest) for title, rest in whole)
        return
    chance = random.Random(7)
    base = [t + r[i : i + PASSAGE] for t, r in whole for i in range(0, len(r), PASSAGE)]
    yield from map(paired, base)
    for _ in range(copies - 1):
        yield from (paired(varied(passage, base, chance)) for passage in base)


def varied(passage: Terms, others: list[Terms], chance: random.Random) -> Terms:
    """Put runs of other passages in place of some runs of this one."""
    result = list(passage)
    for start in range(0, len(passage) - RUN, RUN):
        if chance.random() < SWAPPED:
            other = chance.choice(others)
            at = chance.randrange(max(len(other) - RUN, 1))
            result[start : start + RUN] = other[at : at + RUN]
    return result


def questions(corpus: Path, path: Path, share: float) -> list[list[Terms]]:
    """Give each question's terms as typed and folded, without very common ones."""
    seen = Counter(term for text in documents(corpus, 0) for term in set(text))
    most = share * len(rows(corpus))

    def terms(text: str) -> Terms:
        found = paired(syllables(text))
        return [term for term in found if seen[term] <= most] or found

    return [[terms(form(row["text"])) for form in (str, fold)] for row in rows(path)]


def gain(ranked: Sequence[Hashable], gold: Set[Hashable]) -> list[float]:
    """R@1, R@5 and nDCG@10 of one question."""
    gains = [1 / log2(at + 2) for at, n in enumerate(ranked[:10]) if n in gold]
    best = sum(1 / log2(at + 2) for at in range(min(len(gold), 10)))
    return [bool(gold & set(ranked[:k])) for k in (1, 5)] + [sum(gains) / best]


def quality(ranked: list[list[list[int]]], corpus: Path, path: Path) -> dict[str, str]:
    """Average the gains over all questions, for both ways of typing them."""
    place = {row["id"]: n for n, row in enumerate(rows(corpus))}
    gold = [{place[one] for one in row["gold"]} for row in rows(path)]
    found = {}
    for form, name in enumerate(("as typed", "no diacritics")):
        gains = [gain(r[form], g) for r, g in zip(ranked, gold, strict=True)]
        found[name] = " ".join(f"{fmean(part):.3f}" for part in zip(*gains, strict=True))
    return found


def in_child(function: Call, *arguments: object) -> Any:
    """Call in a fresh process, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=SPAWN) as pool:
        return pool.submit(function, *arguments).result()


def memory(field: str) -> float:
    """Read VmRSS, VmHWM (the peak) or RssAnon (not file-backed) in MiB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split(f"{field}:")[1].split()[0]) / 1024


def baseline() -> float:
    """Forget the peak so far, and read the memory in use."""
    Path("/proc/self/clear_refs").write_text("5")  # resets the peak
    return memory("VmRSS")


def seconds(work: Call, *arguments: object) -> float:
    """Time one call."""
    start = perf_counter()
    work(*arguments)
    return perf_counter() - start


def one_by_one(index: LexicalIndex, turns: int) -> dict[str, float]:
    """Add and delete single documents, each found or gone before the clock stops."""

    def add(number: int, terms: Terms) -> None:
        index.add(number, [terms])
        if number not in index.search(terms[:1]):
            raise RuntimeError("the added document is not visible")

    def delete(number: int, terms: Terms) -> None:
        index.delete(number, terms)
        if number in index.search(terms[:1]):
            raise RuntimeError("the deleted document is still visible")

    spent = []
    for turn in range(turns):
        new = index.count(), [f"new{turn}", *paired(["van", "ban"] * 50)]
        spent.append((seconds(add, *new), seconds(delete, *new)))
    return dict(zip(("add s", "delete s"), map(median, zip(*spent, strict=True)), strict=True))


def stamps(folder: Path) -> list[int] | None:
    """Read when the files last changed; nothing if one vanished meanwhile."""
    with suppress(FileNotFoundError):
        return sorted(file.stat().st_mtime_ns for file in folder.iterdir())
    return None


def survives(grow: Call, whole: Call, kind: str, folder: Path) -> bool:
    """Kill a writer soon after it touches a file; tell if the index is whole."""
    folder.mkdir(exist_ok=True)
    heard, started = SPAWN.Pipe(duplex=False)
    writer = SPAWN.Process(target=grow, args=(kind, folder, started))
    writer.start()
    heard.poll(60)
    sleep(random.uniform(0, 0.1))
    before = stamps(folder)
    while stamps(folder) == before and writer.is_alive():
        pass
    sleep(random.uniform(0, 0.01))
    writer.kill()
    writer.join()
    try:
        kept = bool(in_child(whole, kind, folder))
    except Exception:  # whatever a torn index raises
        kept = False
    if not kept:
        shutil.rmtree(folder)
    return kept


def print_row(row: dict[str, Any], header: bool) -> None:
    """Print a row of a Markdown table."""
    if header:
        print("\n|", " | ".join(row), "|\n" + "|---" * len(row) + "|")
    cells = [f"{v:.3g}" if isinstance(v, float) else str(v) for v in row.values()]
    print("|", " | ".join(cells), "|", flush=True)
