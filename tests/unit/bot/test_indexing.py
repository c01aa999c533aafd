from pathlib import Path

import pytest

from bot.bootstrap import Parts, build, exclusive
from bot.indexing import run_index
from bot.listing import search_rows
from corpus.errors import ConfigurationError, CorpusBusyError
from tests.fakes.embedder import FakeEmbedder
from tests.unit.bot.conftest import NoProgress, settings_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "rung.txt").write_text("Trồng mới 340 ha rừng phòng hộ.", "utf-8")
    (folder / "dan.txt").write_text("Bí thư tiếp công dân ngày 15 hằng tháng.", "utf-8")
    return folder


def files(parts: Parts, query: str) -> list[str]:
    return [row["file"] for row in search_rows(parts, query, 10)]


def test_a_run_reports_what_it_did(parts: Parts, folder: Path, progress: NoProgress) -> None:
    (folder / "anh.xyz").write_bytes(b"x")
    row = run_index(parts, [folder], progress).row()
    assert row["added"] == ["dan.txt", "rung.txt"]
    assert [refusal["file"] for refusal in row["refused"]] == ["anh.xyz"]
    assert row["refused"][0]["reason"]
    assert (row["unchanged"], row["changed"], row["removed"]) == (0, [], [])
    assert row["passages"] == 2
    assert row["seconds"] >= 0


def test_the_report_in_words_names_what_was_refused(
    parts: Parts, folder: Path, progress: NoProgress
) -> None:
    (folder / "anh.xyz").write_bytes(b"x")
    text = run_index(parts, [folder], progress).text()
    assert "Thêm 2" in text
    assert "anh.xyz" in text


def test_a_second_run_reads_and_embeds_only_what_changed(
    parts: Parts, folder: Path, progress: NoProgress
) -> None:
    run_index(parts, [folder], progress)
    embedder = parts.embedder
    assert isinstance(embedder, FakeEmbedder)
    before = len(embedder.embedded)
    (folder / "dan.txt").write_text("Chủ tịch tiếp công dân ngày 20.", "utf-8")
    row = run_index(parts, [folder], progress).row()
    assert (row["unchanged"], row["changed"]) == (1, ["dan.txt"])
    assert len(embedder.embedded) == before + 1
    assert files(parts, "Chủ tịch tiếp công dân")[0] == "dan.txt"


def test_what_is_gone_from_the_folder_is_found_no_more(
    parts: Parts, folder: Path, progress: NoProgress
) -> None:
    run_index(parts, [folder], progress)
    (folder / "dan.txt").unlink()
    assert run_index(parts, [folder], progress).row()["removed"] == ["dan.txt"]
    assert files(parts, "tiếp công dân") == ["rung.txt"]


def test_while_one_run_holds_the_corpus_another_is_told_to_wait(
    parts: Parts, folder: Path, progress: NoProgress
) -> None:
    other = build(parts.settings, FakeEmbedder())
    with exclusive(parts.lock()), pytest.raises(CorpusBusyError):
        run_index(other, [folder], progress)
    run_index(other, [folder], progress)
    assert other.store.counts()[0] == 2
    other.store.close()


def test_questions_are_answered_while_a_run_holds_the_corpus(
    parts: Parts, folder: Path, progress: NoProgress
) -> None:
    run_index(parts, [folder], progress)
    other = build(parts.settings, FakeEmbedder())
    with exclusive(parts.lock()):
        assert other.assistant.ask("Trồng mới bao nhiêu ha rừng phòng hộ?").outcome
    other.store.close()


def test_a_run_that_was_killed_is_taken_up_by_the_next_start(
    parts: Parts, folder: Path, progress: NoProgress
) -> None:
    class Killed(FakeEmbedder):
        def passages(self, _texts: object) -> "None":  # type: ignore[override]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_index(build(parts.settings, Killed()), [folder], progress)
    assert parts.assistant
    assert files(parts, "trồng rừng phòng hộ")[0] == "rung.txt"
    run_index(parts, [folder], progress)
    assert not parts.indexes.behind()


def test_a_data_folder_that_cannot_be_made_is_a_wrong_configuration(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("không phải thư mục")
    parts = build(settings_in(tmp_path / "tep" / "data"), FakeEmbedder())
    with pytest.raises(ConfigurationError, match="CANCU_DATA_DIR"):
        parts.lock()


def test_nothing_is_made_before_it_is_needed(tmp_path: Path) -> None:
    build(settings_in(tmp_path / "data"), FakeEmbedder())
    assert not (tmp_path / "data").exists()
