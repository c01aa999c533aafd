"""The database's form: what the migrations make is what the code expects."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text

import corpus.migrations
from corpus.migrations.upgrade import HEAD, upgrade
from corpus.store import Store
from corpus.tables import metadata


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    yield engine
    engine.dispose()


def version(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def test_head_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(corpus.migrations.__file__).parent))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [HEAD]


def test_an_empty_database_gets_the_tables_of_the_code(engine: Engine) -> None:
    upgrade(engine)
    assert version(engine) == HEAD
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_ids_of_documents_are_never_used_twice(engine: Engine) -> None:
    upgrade(engine)
    with engine.connect() as connection:
        made = connection.scalars(
            text("SELECT sql FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
        )
        assert len(made.all()) == 2


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO change (document_id) VALUES (7)"))
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.scalars(text("SELECT document_id FROM change")).all() == [7]


def test_a_database_without_a_version_is_brought_up(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    upgrade(engine)
    assert version(engine) == HEAD


def test_a_failed_upgrade_leaves_no_version(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE embedding (other INTEGER)"))
    with pytest.raises(Exception, match="embedding already exists"):
        upgrade(engine)
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        found = (
            connection.scalar(text("SELECT count(*) FROM alembic_version"))
            if "alembic_version" in names
            else 0
        )
    assert found == 0


def test_vectors_of_before_stay_though_nobody_knows_what_made_them(engine: Engine) -> None:
    _upgrade_to(engine, "0001")
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO embedding (model, text_sha, vector) VALUES ('m', x'01', x'0203')")
        )
    upgrade(engine)
    store = Store(str(engine.url))
    assert store.vectors("m", [b"\x01"]) == {b"\x01": b"\x02\x03"}
    assert store.vector_runtimes("m") == {"": 1}
    store.close()


def _upgrade_to(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(corpus.migrations.__file__).parent))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
