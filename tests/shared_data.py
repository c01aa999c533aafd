"""The read-only material that lies beside the project on some machines, and on no user's."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def require(path: str = "") -> Path:
    """The path below `../shared`. Skips the test where it is absent; in CI that is a failure."""
    found = SHARED / path
    if not found.exists():
        reason = f"{'/'.join(('..', SHARED.name, path)).rstrip('/')} is not beside the project"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())
