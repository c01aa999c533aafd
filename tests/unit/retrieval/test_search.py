from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.store import Store
from retrieval.indexes import Indexes
from retrieval.query import understand
from retrieval.search import Search, SearchResult
from tests.fakes.embedder import FakeEmbedder
from tests.unit.corpus.samples import SAMPLES
from tests.unit.retrieval.corpora import NOTICE, PLAN, put, remove

NAMES = (
    "kh-45-chuyen-doi-so-2026.txt",
    "kh-45-binh-sa-chuyen-doi-so-2025.txt",
    "nq-27-hdnd-nuoc-sach-nong-thon.txt",
    "cv-2210-xu-ly-phan-anh.txt",
)


def searching(store: Store, folder: Path, embedder: FakeEmbedder) -> tuple[Search, Indexes]:
    indexes = Indexes(store, folder, embedder)
    indexes.catch_up_lexical()
    indexes.catch_up_vectors(lambda _done, _total: None)
    return Search(store, indexes, embedder), indexes


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Search, dict[int, str]]]:
    """A search over some sample documents, and the files by document id."""
    folder = tmp_path_factory.mktemp("samples")
    store = Store(f"sqlite:///{folder / 'cancu.db'}")
    store.migrate()
    for name in NAMES:
        put(store, name, (SAMPLES / "documents" / name).read_text("utf-8"))
    search, _ = searching(store, folder / "indexes", FakeEmbedder())
    yield search, {i: file for i, (file, _) in store.headers().items()}
    store.close()


def found(samples: tuple[Search, dict[int, str]], question: str, k: int = 5) -> list[str]:
    search, files = samples
    return [files[hit.passage.key.document] for hit in search(understand(question), k).kept]


QUESTIONS = [
    ("Hộ nghèo được hỗ trợ tối đa bao nhiêu tiền lắp đặt đường ống, đồng hồ nước?", NAMES[2]),
    ("ho ngheo duoc ho tro toi da bao nhieu tien lap dat duong ong, dong ho nuoc", NAMES[2]),
    ("Phản ánh quá hạn phải xử lý dứt điểm trước ngày nào?", NAMES[3]),
    ("Công an tỉnh Bình Sa kiểm tra an toàn thông tin tại bao nhiêu cơ quan?", NAMES[1]),
    ("Duy trì bao nhiêu tổ công nghệ số cộng đồng tại 74 xã, phường?", NAMES[0]),
]


@pytest.mark.parametrize(("question", "file"), QUESTIONS)
def test_the_document_that_answers_comes_first(
    samples: tuple[Search, dict[int, str]], question: str, file: str
) -> None:
    assert found(samples, question)[0] == file


@pytest.mark.parametrize(
    ("hasty", "careful"),
    [
        (
            "dau noi nuoc ho ngheo toi da bao nhieu dong",
            "đấu nối nước hộ nghèo tối đa bao nhiêu đồng",
        ),
        (
            "van phong ubnd tinh cong khai bang xep hang xu ly phan anh ngay nao",
            "Văn phòng UBND tỉnh công khai bảng xếp hạng xử lý phản ánh ngày nào",
        ),
        (
            "dong he thong thu tuc hanh chinh cua tinh binh sa",
            "đóng hệ thống thủ tục hành chính của tỉnh Bình Sa",
        ),
    ],
)
def test_hasty_typing_finds_the_same_first_passage(
    samples: tuple[Search, dict[int, str]], hasty: str, careful: str
) -> None:
    search, _ = samples
    first = [search(understand(q), 1).kept[0].passage.key for q in (hasty, careful)]
    assert first[0] == first[1]


def test_without_diacritics_only_words_count(samples: tuple[Search, dict[int, str]]) -> None:
    search, _ = samples
    result = search(understand("ho ngheo duoc ho tro lap dat duong ong nuoc"))
    assert result.kept
    assert all(hit.dense == 0 for hit in result.kept)


def test_with_diacritics_both_rankings_count(samples: tuple[Search, dict[int, str]]) -> None:
    search, _ = samples
    best = search(understand("Hộ nghèo được hỗ trợ lắp đặt đường ống nước")).kept[0]
    assert best.lexical > 0
    assert best.dense > 0


def test_hits_come_best_first_within_zero_and_one(
    samples: tuple[Search, dict[int, str]],
) -> None:
    result = samples[0](understand("Kế hoạch chuyển đổi số của tỉnh"), 6)
    scores = [hit.score for hit in (*result.kept, *result.rejected)]
    assert scores == sorted(scores, reverse=True)
    assert 0 <= min(scores) <= max(scores) <= 1


def test_what_was_rejected_and_how_long_it_took_is_told(
    samples: tuple[Search, dict[int, str]],
) -> None:
    result = samples[0](understand("Kế hoạch chuyển đổi số của tỉnh"), 3)
    assert len(result.kept) == 3
    assert result.rejected
    kept = {hit.passage.key for hit in result.kept}
    assert not kept & {hit.passage.key for hit in result.rejected}
    assert {"lexical", "dense", "load"} <= result.timings.keys()
    assert all(took >= 0 for took in result.timings.values())


def test_no_passage_comes_twice(samples: tuple[Search, dict[int, str]]) -> None:
    result = samples[0](understand("Sở Khoa học và Công nghệ chủ trì việc gì?"), 8)
    keys = [hit.passage.key for hit in (*result.kept, *result.rejected)]
    assert len(keys) == len(set(keys))


def test_a_hit_bears_the_words_of_its_document(samples: tuple[Search, dict[int, str]]) -> None:
    best = samples[0](understand("bao nhiêu thôn lõm sóng ở tỉnh Bình Sa?"), 1).kept[0].passage
    assert "lõm sóng" in best.text
    assert best.span.end - best.span.start == len(best.text)
    assert best.header.issuer == "UBND tỉnh Bình Sa"


def test_the_same_question_gets_the_same_hits(samples: tuple[Search, dict[int, str]]) -> None:
    search, _ = samples
    query = understand("UBND các xã, phường báo cáo kết quả trước ngày nào?")
    assert search(query).kept == search(query).kept


def test_nothing_asked_finds_nothing_by_words(samples: tuple[Search, dict[int, str]]) -> None:
    assert all(hit.lexical == 0 for hit in samples[0](understand("?")).kept)


def texts(result: SearchResult) -> str:
    return " ".join(hit.passage.text for hit in (*result.kept, *result.rejected))


def test_what_the_database_no_longer_holds_is_never_returned(store: Store, tmp_path: Path) -> None:
    put(store, "a.txt", PLAN)
    put(store, "b.txt", NOTICE)
    search, indexes = searching(store, tmp_path / "indexes", FakeEmbedder())
    query = understand("Sở Nông nghiệp chuẩn bị bao nhiêu cây giống?")
    assert "cây giống" in texts(search(query))
    remove(store, "a.txt")
    assert indexes.lexical.search(query.terms, 5)
    assert len(indexes.vectors) > store.counts()[1]
    assert "cây giống" not in texts(search(query))


def test_before_vectors_are_made_words_are_enough(store: Store, tmp_path: Path) -> None:
    put(store, "a.txt", PLAN)
    embedder = FakeEmbedder()
    indexes = Indexes(store, tmp_path / "indexes", embedder)
    indexes.catch_up_lexical()
    result = Search(store, indexes, embedder)(understand("chuẩn bị bao nhiêu cây giống?"))
    assert "680.000 cây giống" in result.kept[0].passage.text
    assert embedder.questions == []


def test_an_empty_corpus_has_no_hits(store: Store, tmp_path: Path) -> None:
    search, _ = searching(store, tmp_path / "indexes", FakeEmbedder())
    result = search(understand("chuẩn bị bao nhiêu cây giống?"))
    assert result.kept == result.rejected == ()


def test_a_hasty_question_is_understood_as_the_corpus_spells_it(
    samples: tuple[Search, dict[int, str]],
) -> None:
    search, files = samples
    query = search.understand("ho ngheo duocj ho tro lap dat duong ong nuoc")
    assert "hộ nghèo được" in query.text
    assert not query.plain
    assert files[search(query).kept[0].passage.key.document] == NAMES[2]


def test_what_a_document_abbreviates_is_written_out(store: Store, tmp_path: Path) -> None:
    search, _ = searching(store, tmp_path / "indexes", FakeEmbedder())
    assert search.understand("Tổ QLRCĐ họp khi nào?").text == "Tổ QLRCĐ họp khi nào?"
    put(store, "plan.txt", PLAN + "\n3. Tổ quản lý rừng cộng đồng (QLRCĐ) họp hằng tháng.\n")
    assert "quản lý rừng cộng đồng" in search.understand("Tổ QLRCĐ họp khi nào?").text


def test_who_asks_for_several_places_sees_more_than_one_document(
    samples: tuple[Search, dict[int, str]],
) -> None:
    search, files = samples
    query = search.understand("Những tỉnh nào có kế hoạch chuyển đổi số?")
    ranked = [files[hit.passage.key.document] for hit in search(query, 12).kept]
    one = [files[h.passage.key.document] for h in search(replace(query, across=False), 12).kept]
    assert len(set(ranked[:3])) >= len(set(one[:3]))
    assert {NAMES[0], NAMES[1]} <= set(ranked[:3])
