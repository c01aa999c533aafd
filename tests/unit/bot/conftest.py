"""The whole assistant over the sample documents, wired as in production but for the embedder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.bootstrap import SAMPLES, Parts, build
from bot.indexing import run_index
from bot.settings import Settings
from tests.fakes.embedder import FakeEmbedder


def settings_in(folder: Path) -> Settings:
    """Settings that keep everything in `folder`, whatever the environment names."""
    return Settings(data_dir=folder, database_url="")


class NoProgress:
    """Nobody watches."""

    def files(self, done: int, total: int, name: str) -> None:
        """Files read so far."""

    def vectors(self, done: int, total: int) -> None:
        """Passages embedded so far."""


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """Everything over the sample documents. Tests only read from it."""
    parts = build(settings_in(tmp_path_factory.mktemp("samples")), FakeEmbedder())
    run_index(parts, [SAMPLES], NoProgress())
    yield parts
    parts.store.close()


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    """Everything over an empty corpus."""
    parts = build(settings_in(tmp_path / "data"), FakeEmbedder())
    yield parts
    parts.store.close()


@pytest.fixture
def progress() -> NoProgress:
    """For runs that nobody watches."""
    return NoProgress()
