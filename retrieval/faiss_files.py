"""The border to FAISS: its files and its threads. Imported where it is first needed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def untyped() -> Any:
    """FAISS without types: its stubs do not know what its Python side adds, as named parameters."""
    import faiss

    return faiss


def mapped(file: Path) -> Any:
    """The index in `file`, mapped and not loaded. Raises RuntimeError where it cannot be read."""
    faiss = untyped()
    return faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC)


def save(index: Any, file: Path) -> None:
    """Write an index; it is on disk for good when this returns. Raises OSError when full."""
    try:
        untyped().write_index(index, str(file))
    except RuntimeError as error:
        raise OSError(f"{file.name} could not be written") from error
    sync(file)


def sync(file: Path) -> None:
    """Wait until what was written is on disk."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


@contextmanager
def one_thread() -> Iterator[None]:
    """For a single question: several threads wait for each other longer than they work."""
    faiss = untyped()
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)
