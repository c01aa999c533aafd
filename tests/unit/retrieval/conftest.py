"""A database for one test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.store import Store


@pytest.fixture(scope="session")
def _empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: a copy takes less time than the tables do."""
    file = tmp_path_factory.mktemp("database") / "cancu.db"
    store = Store(f"sqlite:///{file}")
    store.migrate()
    store.close()
    return file


@pytest.fixture
def store(_empty_database: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty corpus on SQLite."""
    store = Store(f"sqlite:///{shutil.copy(_empty_database, tmp_path)}")
    yield store
    store.close()
