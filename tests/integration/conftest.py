"""Runs the program as a user does: another process, another data folder."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.bootstrap import SAMPLES

Run = Callable[..., "subprocess.CompletedProcess[str]"]

FEW = (
    "qd-1640-quy-che-van-linh-lang-nghe.md",
    "du-thao-kh-nuoc-sach-2026.txt",
    "tb-63-ket-luan-nuoc-sach.md",
)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three of the sample documents."""
    made = tmp_path_factory.mktemp("van-ban")
    for name in FEW:
        (made / name).write_bytes((SAMPLES / name).read_bytes())
    return made


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Path:
    """A data folder in which they are indexed with the bundled model."""
    made = tmp_path_factory.mktemp("du-lieu")
    done = run_cancu(made, "index", str(folder))
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def cancu(data: Path) -> Run:
    """`cancu` over the indexed folder: arguments, and `stdin`."""
    return lambda *arguments, **options: run_cancu(data, *arguments, **options)


def run_cancu(
    data: Path, *arguments: str, stdin: str = "", **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run `cancu` with a data folder of its own and none of the machine's settings."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("CANCU_", "TELEGRAM_"))}
    return subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; main()", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=Path(__file__).parents[2],
        env={**clean, "CANCU_DATA_DIR": str(data), "PYTHONUTF8": "1", **environment},
    )
