"""Logging set up once; secrets never reach a handler's output."""

import logging
import sys
from collections.abc import Iterable

_HIDDEN = "[ẩn]"
_OURS = ("bot", "retrieval", "corpus")


class RedactingFormatter(logging.Formatter):
    """Formats a record, traceback and all, and hides the secrets in what comes out."""

    def __init__(self, fmt: str, secrets: Iterable[str]) -> None:
        super().__init__(fmt)
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        """The record as text without any secret."""
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return text


def configure_logs(*, debug: bool, secrets: Iterable[str]) -> None:
    """Log to stderr. `debug` opens our own loggers only: libraries would write what users say."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        RedactingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s", secrets)
    )
    handler.addFilter(_without_network_traces)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in _OURS:
        logging.getLogger(name).setLevel(logging.DEBUG if debug else logging.INFO)


def _without_network_traces(record: logging.LogRecord) -> bool:
    """A network that comes and goes is a line, not a page of traceback."""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None and type(error).__module__ == "telegram.error":
        record.msg, record.args = f"{record.getMessage()} ({type(error).__name__}: {error})", ()
        record.exc_info = record.exc_text = None
    return True
