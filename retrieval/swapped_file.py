"""A small file that is written beside and then swapped in: it is the old one or the new one."""

import os
from pathlib import Path


def swap_in(file: Path, text: str) -> None:
    """Put `text` in place of what `file` holds; on disk for good when this returns."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".partial")
    with partial.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(file)
