"""An empty corpus for each test; the tables are made once and copied."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.store import Store


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "a.db"
    store = Store(f"sqlite:///{path}")
    store.migrate()
    store.close()
    return path


@pytest.fixture
def store(tmp_path: Path, empty_database: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{shutil.copy(empty_database, tmp_path / 'a.db')}")
    yield store
    store.close()
