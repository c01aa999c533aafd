import logging
from collections.abc import Iterator

import pytest

from bot.logs import RedactingFormatter, configure_logs

TOKEN = "731:AAbb-cc_dd"
URL = f"https://api.telegram.org/bot{TOKEN}/getUpdates"
LEVELS = [logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL]
OURS = ("bot", "retrieval", "corpus")


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in OURS}
    yield
    root.handlers[:], root.level = handlers, level
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def raised(message: str) -> Exception:
    try:
        try:
            raise OSError(message)
        except OSError as error:
            raise RuntimeError(f"failed: {message}") from error
    except RuntimeError as error:
        return error


@pytest.mark.parametrize("level", LEVELS)
def test_the_token_is_hidden_at_every_level(capsys: pytest.CaptureFixture[str], level: int) -> None:
    configure_logs(debug=True, secrets=(TOKEN,))
    log = logging.getLogger("bot.somewhere")
    log.log(level, "calling %s", URL)
    log.log(level, f"calling {URL}")
    written = capsys.readouterr().err
    assert written.count("/getUpdates") == 2
    assert TOKEN not in written


@pytest.mark.parametrize("level", LEVELS)
def test_the_token_is_hidden_in_a_trace_and_its_causes(
    capsys: pytest.CaptureFixture[str], level: int
) -> None:
    configure_logs(debug=True, secrets=(TOKEN,))
    log = logging.getLogger("bot.somewhere")
    log.log(level, "an update failed", exc_info=raised(f"no route to {URL}"))
    written = capsys.readouterr().err
    assert written.count("Traceback") == 2
    assert "no route to" in written
    assert TOKEN not in written


def test_the_token_is_hidden_in_arguments_of_any_kind() -> None:
    formatter = RedactingFormatter("%(message)s", (TOKEN,))
    arguments = ({"url": URL}, [URL], RuntimeError(URL), URL.encode())
    for argument in arguments:
        record = logging.LogRecord("x", logging.INFO, "x.py", 1, "got %r", (argument,), None)
        assert TOKEN not in formatter.format(record)
        assert "getUpdates" in formatter.format(record)


def test_the_token_of_a_library_s_warning_is_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(debug=False, secrets=(TOKEN,))
    logging.getLogger("httpx").warning("retrying %s", URL)
    written = capsys.readouterr().err
    assert "retrying" in written
    assert TOKEN not in written


@pytest.mark.parametrize("debug", [True, False])
def test_libraries_do_not_write_every_url(capsys: pytest.CaptureFixture[str], debug: bool) -> None:
    configure_logs(debug=debug, secrets=(TOKEN,))
    for name in ("httpx", "httpcore.http11", "telegram.ext.ExtBot"):
        logging.getLogger(name).info("GET %s", URL)
        logging.getLogger(name).debug("GET %s", URL)
    assert capsys.readouterr().err == ""


def test_debugging_is_heard_only_where_it_was_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for debug in (False, True):
        configure_logs(debug=debug, secrets=())
        logging.getLogger("retrieval.search").debug("found 3")
        assert ("found 3" in capsys.readouterr().err) is debug


def test_nothing_is_written_to_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(debug=True, secrets=())
    logging.getLogger("bot").error("broken")
    said = capsys.readouterr()
    assert said.out == ""
    assert "broken" in said.err


def test_without_a_secret_words_stay_as_they_are() -> None:
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, "a b", (), None)
    assert RedactingFormatter("%(message)s", ("",)).format(record) == "a b"


def test_configured_twice_a_line_is_written_once(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(debug=False, secrets=())
    configure_logs(debug=False, secrets=())
    logging.getLogger("bot").error("broken")
    assert capsys.readouterr().err.count("broken") == 1
