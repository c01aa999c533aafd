"""Keeps the indexes at the state of the database: they read on from the revision they hold.

Each step can be repeated, so a kill between writing an index and noting its revision costs only
that the step is done again.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from corpus.model import PassageKey
from corpus.store import Store
from corpus.stored import Changes
from retrieval.context import lexical_context
from retrieval.embedder import Embedder, Vectors
from retrieval.lexical_index import LexicalIndex
from retrieval.passage_vectors import PassageVectors, Progress, batches
from retrieval.swapped_file import swap_in
from retrieval.vector_index import VectorIndex

_FORM = 2
"""Raised when what is indexed changes, so that indexes are made anew."""
_SWAP_AFTER = 20_000
_SWAP_SECONDS = 60.0
"""How many new vectors wait to be swapped in, and how long, while more are made."""


class Indexes:
    """The lexical and the dense index of one corpus, in one folder."""

    def __init__(self, store: Store, folder: Path, embedder: Embedder) -> None:
        self._store = store
        self._embedder = embedder
        own = folder / store.identity()
        self._lexical_folder = own / f"lexical-{_FORM}"
        self._vector_folder = own / f"vectors-{_FORM}-{_slug(embedder.model)}"
        self.lexical = LexicalIndex(self._lexical_folder)
        self.vectors = VectorIndex(self._vector_folder / "segments")

    def behind(self) -> bool:
        """Whether either index lacks what the database holds."""
        held = (self._lexical_revision(), self._vector_revision())
        return any(_changed(self._store.changes_since(revision)) for revision in held)

    def catch_up_lexical(self) -> None:
        """Bring the lexical index to the state of the database: a matter of seconds."""
        changes = self._store.changes_since(self._lexical_revision())
        if _changed(changes):
            passages = self._store.passages_of(changes.there)
            rows = ((p.key, p.text, lexical_context(p)) for p in passages)
            self.lexical.replace((*changes.gone, *changes.there), rows)
        _note(self._lexical_folder, changes.revision)

    def catch_up_vectors(self, progress: Progress) -> None:
        """Bring the dense index to the state of the database: embeds what is new, which is slow.

        What is embedded is stored at once, and swapped in now and then, so that a long run can be
        broken off and used meanwhile.
        """
        changes = self._store.changes_since(self._vector_revision())
        if _changed(changes):
            if not self.vectors.usable():
                _note(self._vector_folder, 0)
                changes = self._store.changes_since(0)
            self._embed_changes(changes, progress)
        _note(self._vector_folder, changes.revision)

    def _lexical_revision(self) -> int:
        return 0 if self.lexical.made_anew else _revision(self._lexical_folder)

    def _vector_revision(self) -> int:
        return _revision(self._vector_folder) if self.vectors.there() else 0

    def _embed_changes(self, changes: Changes, progress: Progress) -> None:
        source = PassageVectors(self._store, self._embedder, progress)
        source.expect(self._store.passages_of(changes.there))
        self.vectors.forget(changes.gone)
        waiting = _Waiting(self.vectors)
        for batch in batches(self._store.passages_of(changes.there)):
            waiting.add([passage.key for passage in batch], source.of(batch))
        waiting.swap_in()


class _Waiting:
    """New vectors that wait to be swapped into the index together."""

    def __init__(self, index: VectorIndex) -> None:
        self._index = index
        self._clear()

    def add(self, keys: Sequence[PassageKey], vectors: Vectors) -> None:
        self._keys += keys
        self._rows.append(vectors)
        if len(self._keys) >= _SWAP_AFTER or perf_counter() - self._since >= _SWAP_SECONDS:
            self.swap_in()

    def swap_in(self) -> None:
        """Put them into the index, in place of what a run that broke off put there.

        A document's passages come in order, so the first of them tells that the others follow.
        """
        import numpy as np

        if self._keys:
            begun = {key.document for key in self._keys if key.ordinal == 0}
            self._index.replace(begun, self._keys, np.concatenate(self._rows))
        self._clear()

    def _clear(self) -> None:
        self._keys: list[PassageKey] = []
        self._rows: list[Vectors] = []
        self._since = perf_counter()


def _changed(changes: Changes) -> bool:
    return bool(changes.gone or changes.there)


def _slug(model: str) -> str:
    return re.sub(r"[^\w.-]+", "-", model).strip("-")


def _revision(folder: Path) -> int:
    """The revision that the index in `folder` holds; 0 for none."""
    try:
        return int(json.loads((folder / "state.json").read_text())["revision"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return 0


def _note(folder: Path, revision: int) -> None:
    if _revision(folder) != revision:
        swap_in(folder / "state.json", json.dumps({"revision": revision}))
