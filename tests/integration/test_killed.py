"""SIGKILL at several moments: the next run completes, and what could be answered still can."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.answering.outcomes import Answered
from bot.bootstrap import SAMPLES, Parts, build
from bot.indexing import run_index
from bot.settings import Settings
from retrieval.query import understand
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.progress import SilentProgress

FIRST = "qd-1640-quy-che-van-linh-lang-nghe.md"
QUESTION = "Quyết định 1640 thay thế những quyết định nào?"
MOMENTS = ("files 1 ", "files 9 ", "files 17 ", "vectors 32 ", "vectors 96 ")


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_then_finished(moment: str, tmp_path: Path) -> None:
    folder, data = tmp_path / "van-ban", tmp_path / "du-lieu"
    folder.mkdir()
    shutil.copy(SAMPLES / FIRST, folder)
    before = _index(data, folder)
    before.store.close()
    for file in SAMPLES.iterdir():
        shutil.copy(file, folder)

    _killed_at(moment, data, folder)

    meanwhile = build(Settings(data_dir=data), FakeEmbedder())
    assert isinstance(meanwhile.assistant.ask(QUESTION).outcome, Answered)
    meanwhile.store.close()
    finished = _index(data, folder)
    fresh = _index(tmp_path / "moi", folder)
    assert _state(finished) == _state(fresh)
    assert not finished.indexes.behind()
    finished.store.close()
    fresh.store.close()


def _index(data: Path, folder: Path) -> Parts:
    parts = build(Settings(data_dir=data), FakeEmbedder())
    run_index(parts, [folder], SilentProgress())
    return parts


def _killed_at(moment: str, data: Path, folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.indexing_driver", str(data), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout
    with process:
        reached = any(line.startswith(moment) for line in process.stdout)
        process.kill()
    assert reached, f"the run never came to {moment!r}"
    assert process.returncode != 0


def _state(parts: Parts) -> tuple[list[str], int, list[str]]:
    """What can be seen of a corpus: files, passages, and a search over both indexes."""
    files = sorted(file for file, _ in parts.store.headers().values())
    hits = parts.search(understand("chủ trì chuyển đổi số cấp xã"), 8).kept
    assert all(hit.dense for hit in hits[:3])
    return files, len(parts.indexes.vectors), [hit.passage.text for hit in hits]
