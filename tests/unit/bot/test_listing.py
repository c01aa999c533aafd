from pathlib import Path

import pytest

from bot.bootstrap import Parts
from bot.indexing import run_index
from bot.listing import document_row, find_document, search_rows
from corpus.errors import NotIndexedError
from tests.unit.bot.conftest import NoProgress


def rows(parts: Parts, query: str, k: int = 5) -> list[dict[str, object]]:
    return search_rows(parts, query, k)


def test_passages_are_ranked_rows_of_the_promised_fields(samples: Parts) -> None:
    found = rows(samples, "hỗ trợ bể chứa nước")
    fields = ["rank", "score", "file", "number", "section", "text", "start", "end"]
    assert [list(row) for row in found] == [fields] * 5
    assert [row["rank"] for row in found] == [1, 2, 3, 4, 5]
    scores = [float(str(row["score"])) for row in found]
    assert scores == sorted(scores, reverse=True)


def test_a_row_quotes_its_document(samples: Parts) -> None:
    best = rows(samples, "hỗ trợ bể chứa nước dung tích từ 2 m3", 1)[0]
    document = find_document(samples.store, str(best["file"]))
    assert document.text[int(str(best["start"])) : int(str(best["end"]))] == best["text"]
    assert best["number"] == document.header.number
    assert "bể chứa nước" in str(best["text"])


def test_not_more_rows_than_asked_for(samples: Parts) -> None:
    assert len(rows(samples, "chuyển đổi số", 2)) == 2
    assert len(rows(samples, "chuyển đổi số", 60)) > 20


def test_an_empty_corpus_has_no_rows(parts: Parts) -> None:
    parts.catch_up()
    assert rows(parts, "chuyển đổi số") == []


def test_a_document_is_a_row_of_the_promised_fields(samples: Parts) -> None:
    row = document_row(find_document(samples.store, "nq-27-hdnd-nuoc-sach-nong-thon.txt"))
    promised = "file type number date issuer title signer recipients status status_basis".split()
    assert set(promised) <= row.keys()
    assert (row["type"], row["number"], row["date"]) == (
        *("Nghị quyết", "27/2025/NQ-HĐND", "2025-12-11"),
    )
    assert row["signer"] == "Hà Minh Tuyến"


def test_what_a_document_does_not_say_is_null(samples: Parts) -> None:
    row = document_row(find_document(samples.store, "kh-dong-may-thien-tai-2026.md"))
    assert row["number"] is None
    assert row["date"] is None


def test_a_draft_rests_on_its_blank_number(samples: Parts) -> None:
    document = find_document(samples.store, "du-thao-kh-nuoc-sach-2026.txt")
    row = document_row(document)
    assert row["status"] == "draft"
    assert row["number"] is None
    basis = row["status_basis"]
    assert document.text[basis["start"] : basis["end"]] == basis["quote"]
    assert "/KH-UBND" in basis["quote"]


def test_a_document_with_a_number_is_no_draft(samples: Parts) -> None:
    row = document_row(find_document(samples.store, "2210/UBND-KGVX"))
    assert row["status"] != "draft"


@pytest.mark.parametrize(
    "named",
    ["cv-2210-xu-ly-phan-anh.txt", "2210/UBND-KGVX", "2210 /UBND-KGVX", "2210-UBND/KGVX"],
)
def test_a_document_is_found_by_its_file_or_number(samples: Parts, named: str) -> None:
    assert find_document(samples.store, named).file == "cv-2210-xu-ly-phan-anh.txt"


def test_a_number_that_two_documents_bear_is_asked_back(samples: Parts) -> None:
    with pytest.raises(NotIndexedError) as caught:
        find_document(samples.store, "45/KH-UBND")
    assert "kh-45-chuyen-doi-so-2026.txt" in str(caught.value)
    assert "kh-45-binh-sa-chuyen-doi-so-2025.txt" in str(caught.value)


@pytest.mark.parametrize("named", ["9999/KH-UBND", "khong-co.txt", "kh-45", ""])
def test_a_document_that_is_not_there_is_told_by_name(samples: Parts, named: str) -> None:
    with pytest.raises(NotIndexedError) as caught:
        find_document(samples.store, named)
    assert named in str(caught.value)


def test_a_document_without_a_number_is_found_by_its_file(
    parts: Parts, tmp_path: Path, progress: NoProgress
) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "ghi-chep.txt").write_text("Họp thôn bàn việc trồng rừng ven suối.", "utf-8")
    run_index(parts, [folder], progress)
    assert find_document(parts.store, "ghi-chep.txt").header.number is None
