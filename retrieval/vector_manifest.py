"""The manifest of the dense index: which segments it consists of, and what is gone from them.

Swapping it in is what makes a change count: files that it does not name are nothing.
"""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from retrieval import swapped_file

_NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """A segment: documents no longer in it, vectors still in it, and its files with their bytes."""

    name: str
    gone: list[int]
    living: int
    files: dict[str, int]


def read(folder: Path) -> list[Entry] | None:
    """The segments of the index; None where there is no manifest that can be read."""
    try:
        rows = json.loads((folder / _NAME).read_bytes())["segments"]
        return [Entry(**row) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def stamp(folder: Path) -> tuple[int, int] | None:
    """Changes whenever another manifest is swapped in; None without one."""
    try:
        status = (folder / _NAME).stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns


def whole(folder: Path, entries: Iterable[Entry]) -> bool:
    """Whether all files of the segments are there in their full length."""
    try:
        return all(
            (folder / file).stat().st_size == size
            for entry in entries
            for file, size in entry.files.items()
        )
    except OSError:
        return False


def swap_in(folder: Path, entries: Sequence[Entry]) -> None:
    """Make these the segments of the index, from one moment to the next."""
    rows = [asdict(entry) for entry in entries]
    swapped_file.swap_in(folder / _NAME, json.dumps({"segments": rows}))


def sweep(folder: Path, entries: Iterable[Entry]) -> None:
    """Delete what no entry names: merged segments, and what a killed run left."""
    named = {_NAME, *(file for entry in entries for file in entry.files)}
    for file in folder.iterdir():
        if file.name not in named:
            with suppress(OSError):  # Windows keeps what a reader has mapped; the next run may.
                file.unlink()
