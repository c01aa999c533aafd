"""Keeps the indexes at the state of the database: they read on from the revision they hold.

Each step can be repeated, so a kill between writing an index and noting its revision costs only
that the step is done again.
"""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.model import PassageKey
from corpus.store import Store
from corpus.stored import Changes, StoredPassage
from retrieval.context import dense_text, lexical_context, text_sha
from retrieval.embedder import Embedder, Vectors
from retrieval.lexical_index import LexicalIndex
from retrieval.vector_index import VectorIndex

Progress = Callable[[int, int], None]
"""Called with how many passages are done, and how many there are to do."""

_FORM = 1
"""Raised when what is indexed changes, so that indexes are made anew."""
_SWAP_AFTER = 2_000
_BATCH = 32


class Indexes:
    """The lexical and the dense index of one corpus, in one folder."""

    def __init__(self, store: Store, folder: Path, embedder: Embedder) -> None:
        self._store = store
        self._embedder = embedder
        own = folder / store.identity()
        self._lexical_folder = own / f"lexical-{_FORM}"
        self._vector_folder = own / f"vectors-{_FORM}-{_slug(embedder.model)}"
        self.lexical = LexicalIndex(self._lexical_folder)
        self.vectors = VectorIndex(self._vector_folder / "vectors.faiss")

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
                changes = self._store.changes_since(0)
            self._embed_changes(changes, progress)
        _note(self._vector_folder, changes.revision)

    def _lexical_revision(self) -> int:
        return 0 if self.lexical.made_anew else _revision(self._lexical_folder)

    def _vector_revision(self) -> int:
        return _revision(self._vector_folder) if self.vectors.there() else 0

    def _embed_changes(self, changes: Changes, progress: Progress) -> None:
        import numpy as np

        passages = list(self._store.passages_of(changes.there))
        forget = {*changes.gone, *changes.there}
        keys: list[PassageKey] = []
        rows: list[Vectors] = []
        for start in range(0, len(passages), _BATCH):
            batch = passages[start : start + _BATCH]
            rows.append(self._vectors_of(batch))
            keys += [passage.key for passage in batch]
            progress(start + len(batch), len(passages))
            if len(keys) >= _SWAP_AFTER:
                self.vectors.replace(forget, keys, np.concatenate(rows))
                forget, keys, rows = set(), [], []
        if keys:
            self.vectors.replace(forget, keys, np.concatenate(rows))
        else:
            self.vectors.forget(forget)

    def _vectors_of(self, passages: Sequence[StoredPassage]) -> Vectors:
        """Vectors from the store where they are there, else from the model, and then stored."""
        import numpy as np

        texts = {text_sha(text): text for text in map(dense_text, passages)}
        known = self._store.vectors(self._embedder.model, list(texts))
        missing = [sha for sha in texts if sha not in known]
        if missing:
            made = self._embedder.passages([texts[sha] for sha in missing]).astype(np.float16)
            fresh = {sha: row.tobytes() for sha, row in zip(missing, made, strict=True)}
            self._store.keep_vectors(self._embedder.model, fresh)
            known |= fresh
        rows = [np.frombuffer(known[text_sha(dense_text(p))], dtype=np.float16) for p in passages]
        return np.stack(rows).astype(np.float32)


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
    if _revision(folder) == revision:
        return
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / "state.partial"
    partial.write_text(json.dumps({"revision": revision}))
    partial.replace(folder / "state.json")
