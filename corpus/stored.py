"""What the database gives back: documents and passages under their ids, files, changes."""

from dataclasses import dataclass

from corpus.model import Document, Header, PassageKey, Span


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file that was read: where it is, and what it looked like then.

    `stamp` changes when the file system says that the file changed; `sha` when its bytes did.
    """

    path: str
    root: str
    relative: str
    stamp: str
    sha: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as it is kept: its id, the name of its (first) file, its content."""

    id: int
    file: str
    document: Document

    @property
    def header(self) -> Header:
        """What the document says of itself."""
        return self.document.header

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.document.text


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with what is indexed beside its words."""

    key: PassageKey
    span: Span
    text: str
    section: str
    headings: tuple[str, ...]
    header: Header


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened since a revision: documents that an index must forget, and must hold."""

    revision: int
    gone: tuple[int, ...]
    there: tuple[int, ...]
