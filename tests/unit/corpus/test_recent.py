import pytest
from sqlalchemy import create_engine, event

from corpus import recent
from corpus.model import PassageKey
from corpus.recent import RecentDocuments
from corpus.store import Store
from tests.unit.retrieval.corpora import NOTICE, PLAN, put, remove


def texts_read(store: Store) -> list[str]:
    """Notes each query that reads texts."""
    seen: list[str] = []

    @event.listens_for(store._engine, "before_cursor_execute")
    def _note(*given: object) -> None:
        if "document.text" in str(given[2]):
            seen.append(str(given[2]))

    return seen


def test_a_text_is_read_once(store: Store) -> None:
    put(store, "plan.txt", PLAN)
    queries = texts_read(store)
    first = store.passages([PassageKey(1, 0)])
    assert store.passages([PassageKey(1, 0), PassageKey(1, 1)]).items() >= first.items()
    assert len(queries) == 1


def test_what_is_gone_from_the_database_is_not_given_though_it_was_read(store: Store) -> None:
    put(store, "plan.txt", PLAN)
    assert store.passages([PassageKey(1, 0)])
    remove(store, "plan.txt")
    assert store.passages([PassageKey(1, 0)]) == {}


def test_no_more_is_held_than_fits(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, "plan.txt", PLAN)
    put(store, "notice.txt", NOTICE)
    monkeypatch.setattr(recent, "CHARACTERS_KEPT", 10)
    documents = RecentDocuments()
    with store._engine.connect() as connection:
        assert documents.read(connection, [1, 2]).keys() == {1, 2}
        assert len(documents._held) == 1
        assert documents.read(connection, [1, 2]).keys() == {1, 2}
        assert documents.read(connection, [3]) == {}


def test_an_empty_wish_reads_nothing() -> None:
    with create_engine("sqlite://").connect() as connection:
        assert RecentDocuments().read(connection, []) == {}
