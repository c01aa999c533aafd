import os
from pathlib import Path

import pytest

from bot.settings import Settings, load_settings
from corpus.errors import ConfigurationError

TOKEN = "731:AAbb-cc_dd"


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without `.env`, and an environment that names nothing of ours."""
    for name in os.environ:
        if name.startswith(("CANCU_", "TELEGRAM_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def dotenv(text: str) -> None:
    Path(".env").write_text(text, encoding="utf-8")


def test_nothing_needs_to_be_set() -> None:
    settings = load_settings()
    assert settings.data_dir == Path("data")
    assert settings.database_file == Path.cwd() / "data" / "cancu.db"
    assert settings.telegram_bot_token.get_secret_value() == ""
    assert settings.allowed_users == settings.admins == frozenset()
    assert not settings.debug


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANCU_DATA_DIR", "/srv/cancu")
    monkeypatch.setenv("CANCU_EMBEDDING_MODEL", "a/b")
    monkeypatch.setenv("CANCU_TELEGRAM_API", "http://localhost:9")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    settings = load_settings()
    assert settings.database_file == Path("/srv/cancu/cancu.db")
    assert settings.embedding_model == "a/b"
    assert settings.telegram_api == "http://localhost:9"
    assert settings.telegram_bot_token.get_secret_value() == TOKEN


def test_dotenv_is_read() -> None:
    dotenv(f"CANCU_DATA_DIR=kho\nTELEGRAM_BOT_TOKEN={TOKEN}\nCANCU_ALLOWED_USERS=5, 7\n")
    settings = load_settings()
    assert settings.data_dir == Path("kho")
    assert settings.telegram_bot_token.get_secret_value() == TOKEN
    assert settings.allowed_users == {5, 7}


def test_the_environment_beats_dotenv(monkeypatch: pytest.MonkeyPatch) -> None:
    dotenv("CANCU_DATA_DIR=kho\nTELEGRAM_BOT_TOKEN=1:old\n")
    monkeypatch.setenv("CANCU_DATA_DIR", "khac")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    settings = load_settings()
    assert settings.data_dir == Path("khac")
    assert settings.telegram_bot_token.get_secret_value() == TOKEN


def test_what_is_none_of_ours_in_dotenv_does_not_matter() -> None:
    dotenv("SOMETHING_ELSE=1\nCANCU_UNKNOWN=x\n")
    assert load_settings() == Settings()


def test_another_database_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANCU_DATABASE_URL", "postgresql://db/cancu")
    assert load_settings().database_url == "postgresql://db/cancu"


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ("5", {5}),
        ("5,7", {5, 7}),
        (" 5 , 7 ,", {5, 7}),
        ("5;7", {5, 7}),
        ("5,5", {5}),
        ("", set()),
        (" ", set()),
    ],
)
@pytest.mark.parametrize("name", ["allowed_users", "admins"])
def test_ids_are_written_with_commas_between(
    monkeypatch: pytest.MonkeyPatch, name: str, written: str, ids: set[int]
) -> None:
    monkeypatch.setenv(f"CANCU_{name.upper()}", written)
    assert getattr(load_settings(), name) == ids


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CANCU_ALLOWED_USERS", "5,an"),
        ("CANCU_ADMINS", "@quantri"),
        ("CANCU_ADMINS", "5 7"),
        ("CANCU_DEBUG", "có lẽ"),
    ],
)
def test_a_wrong_value_is_told_by_the_name_of_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError) as caught:
        load_settings()
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
    assert value not in str(caught.value)


def test_a_dotenv_that_is_no_text_is_a_wrong_configuration() -> None:
    Path(".env").write_bytes(b"CANCU_DATA_DIR=\xff\xfe\n")
    with pytest.raises(ConfigurationError):
        load_settings()


def test_the_token_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    settings = load_settings()
    for shown in (repr(settings), str(settings), repr(settings.model_dump()), f"{settings!s}"):
        assert TOKEN not in shown
        assert "AAbb" not in shown
    assert TOKEN not in settings.model_dump_json()


def test_the_token_stays_out_of_an_error_about_another_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("CANCU_ADMINS", "an")
    with pytest.raises(ConfigurationError) as caught:
        load_settings()
    assert TOKEN not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
