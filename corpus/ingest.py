"""The use case: files and folders in, stored documents out, and what changed."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from corpus.document import read_document
from corpus.errors import UnreadableFileError
from corpus.readers.port import Reader
from corpus.store import Store
from corpus.stored import FileRecord


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken in, and why (one Vietnamese clause)."""

    file: str
    reason: str


@dataclass(slots=True)
class IngestReport:
    """What a run did, by name of file."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def nothing_read(self) -> bool:
        """Whether not one file could be read or was there already."""
        return not (self.added or self.changed or self.unchanged or self.removed)


@dataclass(frozen=True, slots=True)
class _Source:
    path: Path
    root: Path

    @property
    def relative(self) -> str:
        name = self.path.relative_to(self.root).as_posix()
        return name.encode(errors="replace").decode()


Progress = Callable[[int, int, str], None]
"""Called before each file with how many are done, how many there are, and its name."""


def ingest(
    paths: Sequence[Path], store: Store, readers: Iterable[Reader], progress: Progress
) -> IngestReport:
    """Take in what changed at or below `paths`; forget what is gone from there.

    Each file is one transaction: killed at any moment, the next run goes on from there.
    """
    report = IngestReport()
    by_suffix = {suffix: reader for reader in readers for suffix in reader.suffixes}
    known = _known(paths, store)
    sources = list(_sources(paths, known, report))
    for done, source in enumerate(sources):
        progress(done, len(sources), source.relative)
        record = known.pop(str(source.path), None)
        try:
            _take_in(source, record, store, by_suffix, report)
        except UnreadableFileError as error:
            report.refused.append(Refusal(source.relative, str(error)))
            if record and not error.passing:
                known[record.path] = record
    report.removed = store.remove(known)
    progress(len(sources), len(sources), "")
    return report


def _known(paths: Sequence[Path], store: Store) -> dict[str, FileRecord]:
    known: dict[str, FileRecord] = {}
    for path in paths:
        known.update(store.files_below(_absolute(path)))
    return known


def _sources(
    paths: Sequence[Path], known: dict[str, FileRecord], report: IngestReport
) -> Iterator[_Source]:
    seen: set[Path] = set()
    for path in map(_absolute, paths):
        if path.is_dir():
            found = [_Source(file, path) for file in _files(path, partial(_refuse, known, report))]
        elif path.exists():
            found = [_Source(path, path.parent)]
        else:
            found = []
            if not any(name == str(path) or name.startswith(f"{path}/") for name in known):
                report.refused.append(Refusal(str(path), "không có tệp hay thư mục này"))
        for source in found:
            if source.path not in seen:
                seen.add(source.path)
                yield source


def _absolute(path: Path) -> Path:
    """One spelling for one place: without `..`, but links keep their own name."""
    return Path(os.path.normpath(path.absolute()))


def _refuse(known: dict[str, FileRecord], report: IngestReport, error: OSError) -> None:
    """A folder that cannot be opened now: what was read from it stays."""
    folder = str(error.filename)
    report.refused.append(Refusal(folder, f"không mở được thư mục ({error.strerror})"))
    for name in [name for name in known if name.startswith(f"{folder}/")]:
        del known[name]


def _files(folder: Path, unreadable: Callable[[OSError], None]) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))


def _take_in(
    source: _Source,
    record: FileRecord | None,
    store: Store,
    readers: dict[str, Reader],
    report: IngestReport,
) -> None:
    reader = readers.get(source.path.suffix.lower())
    if reader is None:
        kind = source.path.suffix or "không có đuôi"
        raise UnreadableFileError(f"chưa đọc được loại tệp này ({kind})")
    stamp = _stamp(source.path)
    same_name = record is not None and record.root == str(source.root)
    if record and same_name and record.stamp == stamp:
        report.unchanged += 1
        return
    reader.check(source.path)
    sha = _sha(source.path)
    fresh = FileRecord(str(source.path), str(source.root), source.relative, stamp, sha)
    if record and record.sha == sha:
        store.restamp(fresh)
        report.unchanged += 1
        return
    document = read_document(reader.read(source.path))
    store.put(fresh, document, hashlib.sha256(document.text.encode()).hexdigest())
    (report.changed if record else report.added).append(source.relative)


def _stamp(path: Path) -> str:
    """Size and times: as long as these stay, the file system says that nothing was written."""
    try:
        str(path).encode()
        status = path.stat()
    except UnicodeEncodeError as error:
        raise UnreadableFileError("tên tệp không phải UTF-8; hãy đổi tên tệp") from error
    except OSError as error:
        reason = f"không mở được tệp ({error.strerror or error})"
        raise UnreadableFileError(reason, passing=True) from error
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFileError("không phải tệp thường (ống dẫn hay thiết bị)")
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"


def _sha(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
