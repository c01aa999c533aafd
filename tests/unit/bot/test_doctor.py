from pathlib import Path

from bot.bootstrap import Parts
from bot.doctor import Level, checks
from bot.indexing import run_index
from tests.unit.bot.conftest import NoProgress


def line(parts: Parts, about: str) -> tuple[Level, str]:
    return next((c.level, c.text) for c in checks(parts) if c.text.startswith(about))


def test_without_vectors_it_says_how_to_make_them(parts: Parts) -> None:
    level, text = line(parts, "vectơ")
    assert level is Level.NOTE
    assert "cancu index" in text


def test_it_says_how_many_vectors_each_runtime_made(
    parts: Parts, tmp_path: Path, progress: NoProgress
) -> None:
    (tmp_path / "rung.txt").write_text("Trồng mới 340 ha rừng phòng hộ.", "utf-8")
    run_index(parts, [tmp_path / "rung.txt"], progress)
    many = {i.to_bytes(20, "big"): b"v" for i in range(1_234)}
    parts.store.keep_vectors(parts.embedder.model, "", many)
    level, text = line(parts, "vectơ")
    assert level is Level.GOOD
    assert text == "vectơ: 1.235 (không rõ 1.234, fake 1)"
