"""The assistant over our own sample documents, wired as in production but for the embedder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.bootstrap import SAMPLES, Parts, build
from bot.indexing import run_index
from bot.settings import Settings
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.progress import SilentProgress


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with all sample documents indexed."""
    folder = tmp_path_factory.mktemp("data")
    parts = build(Settings(data_dir=folder), FakeEmbedder())
    run_index(parts, [SAMPLES], SilentProgress())
    parts.store.close()
    return folder


@pytest.fixture
def parts(sample_data: Path) -> Iterator[Parts]:
    wired = build(Settings(data_dir=sample_data), FakeEmbedder())
    yield wired
    wired.store.close()
