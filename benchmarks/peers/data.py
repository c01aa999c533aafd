"""What is indexed and asked: law articles, folders of documents, and generated passages."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from benchmarks import rows, varied
from benchmarks.peers import Row

_LONG, _TOGETHER = 180, 50
"""Syllables of a generated passage, and passages in one document."""
_TEXTS = (".txt", ".md")


class Asked(NamedTuple):
    """A question with the earlier ones of its chat."""

    text: str
    history: tuple[str, ...] = ()


class Data(Protocol):
    """Rows that a fresh process reads or makes for itself."""

    def rows(self) -> Sequence[Row]:
        """All rows."""
        ...


@dataclass(frozen=True)
class Articles:
    """Rows of a JSON Lines file, with `id` and `text`."""

    corpus: Path

    def rows(self) -> Sequence[Row]:
        """One row an article."""
        return [Row(str(row["id"]), row["text"]) for row in rows(self.corpus)]


@dataclass(frozen=True)
class Folders:
    """Text and Markdown files."""

    folders: tuple[Path, ...]

    def rows(self) -> Sequence[Row]:
        """One row a file."""
        found = [path for folder in self.folders for path in sorted(folder.iterdir())]
        return [Row(p.name, p.read_text("utf-8")) for p in found if p.suffix in _TEXTS]


@dataclass(frozen=True)
class Generated:
    """Passages of the articles again and again, with runs of words of others in each.

    They are as long as no system joins two of them or cuts one.
    """

    corpus: Path
    passages: int

    def rows(self) -> Sequence[Row]:
        """Documents of some passages, one paragraph each; always the same ones."""
        words = [word for row in rows(self.corpus) for word in row["text"].split()]
        base = [words[at : at + _LONG] for at in range(0, len(words) - _LONG, _LONG)]
        chance = random.Random(7)
        count = range(self.passages)
        made = [" ".join(varied(base[n % len(base)], base, chance)) + "." for n in count]
        return [
            Row(f"generated-{at}", "\n\n".join(made[at : at + _TOGETHER]))
            for at in range(0, len(made), _TOGETHER)
        ]


def questions(file: Path) -> list[tuple[Asked, set[str]]]:
    """Questions with the ids of their gold rows."""
    return [(Asked(row["text"]), {str(one) for one in row["gold"]}) for row in rows(file)]


def quoted_questions(file: Path) -> list[tuple[Asked, list[str]]]:
    """Answerable questions with their gold quotes."""
    found: list[dict[str, Any]] = [row for row in rows(file) if not row.get("unanswerable")]
    return [
        (
            Asked(row["question"], tuple(row.get("history", ()))),
            [gold["quote"] for gold in row["gold"]],
        )
        for row in found
    ]
