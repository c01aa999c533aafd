"""From a source's text to a read document: the steps, in order."""

from corpus.canonical import SourceText, canonicalise
from corpus.definitions import definitions
from corpus.header import read_frame
from corpus.model import Document
from corpus.passages import cut
from corpus.quality import quality
from corpus.structure import read_blocks

READING = 2
"""Raised when reading changes, so that stored documents are read anew."""


def read_document(source: SourceText) -> Document:
    """Canonical text, header, structure, passages and short names of one source."""
    canonical = canonicalise(source)
    frame = read_frame(canonical)
    blocks = read_blocks(canonical, frame)
    return Document(
        text=canonical.text,
        origins=canonical.origins,
        omissions=canonical.omissions,
        header=frame.header,
        blocks=blocks,
        passages=cut(canonical.text, blocks),
        quality=quality(canonical.text),
        definitions=tuple(definitions(canonical.text)),
    )
