"""What every reader is."""

from pathlib import Path
from typing import Protocol

from corpus.canonical import SourceText


class Reader(Protocol):
    """Turns one kind of file into text."""

    suffixes: frozenset[str]
    """Lower-case file endings that this reader takes, with the dot."""

    def check(self, path: Path) -> None:
        """Refuse what is too large or cannot be opened, before a byte is read.

        Raises UnreadableFileError.
        """
        ...

    def read(self, path: Path) -> SourceText:
        """The text of a file.

        Raises UnreadableFileError, with the reason and how to mend it, where there is none.
        """
        ...
