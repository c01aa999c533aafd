"""Texts and headers of the documents read last, so that a chat does not read them over and over."""

import threading
from collections import OrderedDict
from collections.abc import Collection

from sqlalchemy import Connection, select

from corpus import tables as t
from corpus.model import Header
from corpus.rows import read_header

CHARACTERS_KEPT = 8_000_000
"""Some 16 MB; a single longer text is kept alone."""


class RecentDocuments:
    """A document never changes under its id, so what was read once stays right.

    Whether it is still there is for the database to say: ask it for the passages.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[int, tuple[str, Header]] = OrderedDict()
        self._characters = 0
        self._lock = threading.Lock()

    def read(self, connection: Connection, ids: Collection[int]) -> dict[int, tuple[str, Header]]:
        """Text and header of those of `ids` that are there, or were when last read."""
        with self._lock:
            found = {i: self._held[i] for i in ids if i in self._held}
            for i in found:
                self._held.move_to_end(i)
        missing = set(ids) - found.keys()
        if missing:
            columns = [c for c in t.document.c if c.name not in ("origins", "omissions")]
            rows = connection.execute(select(*columns).where(t.document.c.id.in_(missing)))
            fresh = {row.id: (row.text, read_header(row)) for row in rows}
            self._keep(fresh)
            found |= fresh
        return found

    def _keep(self, fresh: dict[int, tuple[str, Header]]) -> None:
        with self._lock:
            for i, document in fresh.items():
                if i not in self._held:
                    self._held[i] = document
                    self._characters += len(document[0])
            while self._characters > CHARACTERS_KEPT and len(self._held) > 1:
                _, (text, _) = self._held.popitem(last=False)
                self._characters -= len(text)
