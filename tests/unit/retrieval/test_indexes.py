import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

import pytest

from corpus.model import PassageKey
from corpus.store import Store
from retrieval.embedder import Vectors
from retrieval.indexes import Indexes
from retrieval.query import understand
from tests.fakes.embedder import FakeEmbedder
from tests.unit.retrieval.corpora import NOTICE, PLAN, article, put, remove

MANY = 40
"""More passages than are embedded in one call."""


class PowerCutError(Exception):
    """The process ends here."""


class FailingEmbedder(FakeEmbedder):
    """Works for some calls and then breaks off."""

    def __init__(self, calls: int) -> None:
        super().__init__()
        self._left = calls

    def passages(self, texts: Sequence[str]) -> Vectors:
        self._left -= 1
        if self._left < 0:
            raise PowerCutError
        return super().passages(texts)


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def opened(store: Store, tmp_path: Path, embedder: FakeEmbedder) -> Callable[..., Indexes]:
    """Opens the indexes as another process would."""
    return lambda model=embedder: Indexes(store, tmp_path / "indexes", model)


@pytest.fixture
def indexes(opened: Callable[..., Indexes]) -> Indexes:
    return opened()


def catch_up(indexes: Indexes) -> None:
    indexes.catch_up_lexical()
    indexes.catch_up_vectors(lambda _done, _total: None)


def by_words(indexes: Indexes, question: str) -> set[int]:
    return {key.document for key, _ in indexes.lexical.search(understand(question).terms, 50)}


def by_meaning(indexes: Indexes, k: int = 500) -> set[PassageKey]:
    vector = FakeEmbedder().question("kế hoạch")
    return {key for key, _ in indexes.vectors.search(vector, k)}


def documents(keys: set[PassageKey]) -> set[int]:
    return {key.document for key in keys}


def test_what_was_added_is_found(store: Store, indexes: Indexes) -> None:
    plan, notice = put(store, "a.txt", PLAN), put(store, "b.txt", NOTICE)
    assert indexes.behind()
    catch_up(indexes)
    assert not indexes.behind()
    assert by_words(indexes, "cây giống") == {plan}
    assert by_words(indexes, "đăng ký") == {notice}
    assert by_meaning(indexes) == {passage.key for passage in store.passages_of([plan, notice])}


def test_an_empty_corpus_has_nothing_to_catch_up_with(indexes: Indexes) -> None:
    assert not indexes.behind()
    catch_up(indexes)
    assert by_words(indexes, "cây giống") == set()
    assert by_meaning(indexes) == set()


def test_what_was_changed_is_found_as_it_is_now(store: Store, indexes: Indexes) -> None:
    put(store, "a.txt", PLAN)
    notice = put(store, "b.txt", NOTICE)
    catch_up(indexes)
    plan = put(store, "a.txt", PLAN.replace("cây giống", "cây con"))
    catch_up(indexes)
    assert by_words(indexes, "giống") == set()
    assert by_words(indexes, "cây con") >= {plan}
    assert documents(by_meaning(indexes)) == {plan, notice}


def test_what_was_removed_is_found_no_more(store: Store, indexes: Indexes) -> None:
    put(store, "a.txt", PLAN)
    notice = put(store, "b.txt", NOTICE)
    catch_up(indexes)
    remove(store, "a.txt")
    assert indexes.behind()
    catch_up(indexes)
    assert not indexes.behind()
    assert by_words(indexes, "cây giống") == set()
    assert documents(by_meaning(indexes)) == {notice}


def test_words_are_caught_up_without_embedding(
    store: Store, indexes: Indexes, embedder: FakeEmbedder
) -> None:
    plan = put(store, "a.txt", PLAN)
    indexes.catch_up_lexical()
    assert by_words(indexes, "cây giống") == {plan}
    assert embedder.embedded == []
    assert indexes.behind()


def test_a_second_run_embeds_nothing(
    store: Store, indexes: Indexes, embedder: FakeEmbedder
) -> None:
    put(store, "a.txt", PLAN)
    catch_up(indexes)
    calls = len(embedder.passage_calls)
    catch_up(indexes)
    assert len(embedder.passage_calls) == calls


def test_only_the_passages_that_changed_are_embedded_again(
    store: Store, indexes: Indexes, embedder: FakeEmbedder
) -> None:
    put(store, "a.txt", article("suối", 6))
    catch_up(indexes)
    before = len(embedder.embedded)
    put(store, "a.txt", article("suối", 6).replace("suối7.", "đồi7."))
    put(store, "b.txt", article("suối", 7))
    catch_up(indexes)
    assert 0 < len(embedder.embedded) - before < before
    assert max(Counter(embedder.embedded).values()) == 1


def test_what_comes_back_is_not_embedded_again(
    store: Store, indexes: Indexes, embedder: FakeEmbedder
) -> None:
    put(store, "a.txt", PLAN)
    catch_up(indexes)
    remove(store, "a.txt")
    catch_up(indexes)
    embedded = len(embedder.embedded)
    plan = put(store, "a.txt", PLAN)
    catch_up(indexes)
    assert documents(by_meaning(indexes)) == {plan}
    assert len(embedder.embedded) == embedded


def test_the_stored_vectors_are_those_of_the_model(
    store: Store, indexes: Indexes, embedder: FakeEmbedder
) -> None:
    put(store, "a.txt", PLAN)
    catch_up(indexes)
    text = embedder.embedded[0]
    (_, cosine), *_ = indexes.vectors.search(FakeEmbedder().question(text), 1)
    assert cosine == pytest.approx(1.0, abs=1e-3)


def test_another_model_gets_its_own_vectors(
    store: Store, opened: Callable[..., Indexes], embedder: FakeEmbedder
) -> None:
    plan = put(store, "a.txt", PLAN)
    catch_up(opened())
    small = FakeEmbedder("fake/small", dimension=16)
    other = opened(small)
    assert other.behind()
    catch_up(other)
    assert sorted(small.embedded) == sorted(embedder.embedded)
    found = other.vectors.search(small.question("cây giống"), 1)
    assert found[0][0].document == plan
    assert documents(by_meaning(opened())) == {plan}
    assert not opened().behind()


def test_progress_is_told_up_to_the_end(store: Store, indexes: Indexes) -> None:
    put(store, "a.txt", article("suối", MANY))
    told: list[tuple[int, int]] = []
    indexes.catch_up_vectors(lambda done, total: told.append((done, total)))
    total = store.counts()[1]
    assert total > MANY // 2
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert told[-1] == (total, total)


def test_a_run_that_broke_off_goes_on_without_embedding_twice(
    store: Store, opened: Callable[..., Indexes], embedder: FakeEmbedder
) -> None:
    put(store, "a.txt", article("suối", MANY))
    put(store, "b.txt", PLAN)
    broken = FailingEmbedder(calls=1)
    with pytest.raises(PowerCutError):
        catch_up(opened(broken))
    assert broken.embedded
    assert opened().behind()
    catch_up(opened())
    assert not opened().behind()
    assert len(by_meaning(opened())) == store.counts()[1]
    assert embedder.embedded
    assert not set(embedder.embedded) & set(broken.embedded)


def test_words_are_there_though_embedding_broke_off(
    store: Store, opened: Callable[..., Indexes]
) -> None:
    plan = put(store, "a.txt", PLAN)
    with pytest.raises(PowerCutError):
        catch_up(opened(FailingEmbedder(calls=0)))
    assert by_words(opened(), "cây giống") == {plan}


def test_documents_removed_while_a_run_was_broken_off_are_not_found_after_it(
    store: Store, opened: Callable[..., Indexes]
) -> None:
    put(store, "a.txt", article("suối", MANY))
    plan = put(store, "b.txt", PLAN)
    with pytest.raises(PowerCutError):
        catch_up(opened(FailingEmbedder(calls=1)))
    remove(store, "a.txt")
    catch_up(opened())
    assert documents(by_meaning(opened())) == {plan}


@pytest.mark.parametrize("garbled", [None, b"", b"{", b'{"revision": "a"}', b"\xff\xfe\x00"])
def test_a_lost_or_garbled_state_is_made_again(
    store: Store,
    opened: Callable[..., Indexes],
    embedder: FakeEmbedder,
    tmp_path: Path,
    garbled: bytes | None,
) -> None:
    plan = put(store, "a.txt", PLAN)
    catch_up(opened())
    embedded = len(embedder.embedded)
    states = list((tmp_path / "indexes").glob("*/*/state.json"))
    assert len(states) == 2
    for state in states:
        state.unlink() if garbled is None else state.write_bytes(garbled)
    assert opened().behind()
    catch_up(opened())
    assert not opened().behind()
    assert by_words(opened(), "cây giống") == {plan}
    assert by_meaning(opened()) == {passage.key for passage in store.passages_of([plan])}
    assert len(embedder.embedded) == embedded


def test_indexes_that_were_deleted_are_made_again_without_the_model(
    store: Store, opened: Callable[..., Indexes], embedder: FakeEmbedder, tmp_path: Path
) -> None:
    plan = put(store, "a.txt", PLAN)
    catch_up(opened())
    embedded = len(embedder.embedded)
    shutil.rmtree(tmp_path / "indexes")
    catch_up(opened())
    assert by_words(opened(), "cây giống") == {plan}
    assert documents(by_meaning(opened())) == {plan}
    assert len(embedder.embedded) == embedded


@pytest.mark.parametrize("garbled", ["[]", '"x"', "7", '{"revision": null}'])
def test_a_state_of_another_form_is_made_again(
    store: Store, opened: Callable[..., Indexes], tmp_path: Path, garbled: str
) -> None:
    plan = put(store, "a.txt", PLAN)
    catch_up(opened())
    for state in (tmp_path / "indexes").glob("*/*/state.json"):
        state.write_text(garbled)
    catch_up(opened())
    assert by_words(opened(), "cây giống") == {plan}


def test_all_removed_before_anything_was_embedded_leaves_room_for_the_next(
    store: Store, opened: Callable[..., Indexes]
) -> None:
    put(store, "a.txt", PLAN)
    remove(store, "a.txt")
    catch_up(opened())
    notice = put(store, "b.txt", NOTICE)
    catch_up(opened())
    assert documents(by_meaning(opened())) == {notice}


def test_indexes_of_another_database_are_made_anew(
    store: Store, opened: Callable[..., Indexes], tmp_path: Path
) -> None:
    for i in range(3):
        put(store, f"{i}.txt", article(f"suối{i}"))
    catch_up(opened())
    fresh = Store(f"sqlite:///{tmp_path / 'fresh.db'}")
    fresh.migrate()
    plan = put(fresh, "a.txt", PLAN)
    indexes = Indexes(fresh, tmp_path / "indexes", FakeEmbedder())
    catch_up(indexes)
    found = by_words(indexes, "cây giống")
    fresh.close()
    assert found == {plan}


@pytest.mark.parametrize("kind", ["keys", "vectors", "json"])
@pytest.mark.parametrize("content", [None, b"nothing of ours"])
def test_a_lost_or_damaged_file_of_vectors_is_made_again(
    store: Store, opened: Callable[..., Indexes], tmp_path: Path, kind: str, content: bytes | None
) -> None:
    plan = put(store, "a.txt", PLAN)
    catch_up(opened())
    (file,) = (tmp_path / "indexes").glob(f"*/*/segments/*.{kind}")
    file.unlink() if content is None else file.write_bytes(content)
    assert opened().behind()
    catch_up(opened())
    assert not opened().behind()
    assert documents(by_meaning(opened())) == {plan}


def test_a_run_that_mends_lost_vectors_and_breaks_off_is_not_taken_for_a_whole_one(
    store: Store, opened: Callable[..., Indexes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, "a.txt", article("suối", MANY))
    put(store, "b.txt", PLAN)
    catch_up(opened())
    shutil.rmtree(next((tmp_path / "indexes").glob("*/*/segments")))
    monkeypatch.setattr("retrieval.indexes._SWAP_AFTER", 1)
    monkeypatch.setattr("retrieval.passage_vectors.BATCH", 8)
    broken, calls = opened(), iter(range(1, 100))

    def power_cut(_done: int, _total: int) -> None:
        if next(calls) == 3:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        broken.catch_up_vectors(power_cut)
    assert 0 < len(opened().vectors) < store.counts()[1]
    assert opened().behind()
    catch_up(opened())
    assert len(by_meaning(opened())) == len(opened().vectors) == store.counts()[1]


def test_a_document_that_is_swapped_in_by_parts_is_whole_in_the_end(
    store: Store, opened: Callable[..., Indexes], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, "a.txt", article("suối", MANY))
    monkeypatch.setattr("retrieval.indexes._SWAP_AFTER", 1)
    monkeypatch.setattr("retrieval.passage_vectors.BATCH", 7)
    catch_up(opened())
    assert len(by_meaning(opened())) == len(opened().vectors) == store.counts()[1]


def test_the_model_is_told_how_many_texts_are_new_before_the_first(
    store: Store, opened: Callable[..., Indexes], embedder: FakeEmbedder
) -> None:
    put(store, "a.txt", article("suối", MANY))
    catch_up(opened())
    assert embedder.expected == [len(embedder.embedded)]
    put(store, "b.txt", PLAN)
    before = len(embedder.embedded)
    catch_up(opened())
    assert embedder.expected[1:] == [len(embedder.embedded) - before]
    remove(store, "b.txt")
    put(store, "b.txt", PLAN)
    catch_up(opened())
    assert len(embedder.expected) == 2


def test_what_made_a_vector_is_stored_with_it(
    store: Store, indexes: Indexes, embedder: FakeEmbedder
) -> None:
    put(store, "a.txt", PLAN)
    catch_up(indexes)
    assert store.vector_runtimes(embedder.model) == {embedder.runtime: len(embedder.embedded)}


def test_a_slow_model_is_given_fewer_texts_at_once_and_a_quick_one_more(
    store: Store, opened: Callable[..., Indexes], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, "a.txt", article("suối", 300))
    sizes = {}
    for seconds in (0.1, 9.0):
        times = count(step=seconds)
        monkeypatch.setattr("retrieval.passage_vectors.perf_counter", lambda t=times: next(t))
        model = FakeEmbedder(f"fake/{seconds}")
        catch_up(opened(model))
        sizes[seconds] = [len(call) for call in model.passage_calls]
    assert max(sizes[0.1]) > 100
    assert sizes[0.1][0] <= 64
    assert sizes[9.0][-2] < 10
    assert sum(sizes[0.1]) == sum(sizes[9.0])
