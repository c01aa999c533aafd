"""Logging set up once; secrets never reach a handler's output."""

import logging
import sys
from collections.abc import Iterable

_HIDDEN = "[ẩn]"


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
    """Log to stderr; libraries that would write every URL are kept to warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        RedactingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s", secrets)
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG if debug else logging.WARNING)
    for name in ("httpx", "httpcore", "telegram.ext.ExtBot"):
        logging.getLogger(name).setLevel(logging.WARNING)
