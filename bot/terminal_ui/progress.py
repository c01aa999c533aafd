"""Progress bars on stderr; plain lines now and then where stderr is no terminal."""

import sys
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_EVERY_SECONDS = 5.0
_SHOW_AFTER = 0.5


class BarProgress:
    """Shows how many files are read and how many passages have vectors, with rate and time left."""

    def __init__(self) -> None:
        self._bars = _bars() if sys.stderr.isatty() else None
        self._tasks: dict[str, TaskID] = {}
        self._started: dict[str, float] = {}
        self._told = monotonic()

    def __enter__(self) -> "BarProgress":
        if self._bars:
            self._bars.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._bars:
            self._bars.stop()

    def files(self, done: int, total: int, name: str) -> None:
        """Files read so far."""
        self._show("Đọc tệp", done, total, "tệp", name)

    def vectors(self, done: int, total: int) -> None:
        """Passages embedded so far."""
        self._show("Lập chỉ mục ngữ nghĩa", done, total, "đoạn", "")

    def _show(self, what: str, done: int, total: int, unit: str, name: str) -> None:
        now = monotonic()
        elapsed = now - self._started.setdefault(what, now)
        rate = f"{done / elapsed:.1f} {unit}/giây" if elapsed > _SHOW_AFTER else ""
        if self._bars:
            if what not in self._tasks:
                self._tasks[what] = self._bars.add_task(what, total=total, rate="")
            self._bars.update(self._tasks[what], completed=done, total=total, rate=rate)
        elif now - self._told > _EVERY_SECONDS:
            self._told = now
            print(f"{what}: {done}/{total} {rate} {name}".rstrip(), file=sys.stderr, flush=True)


def _bars() -> "Progress":
    # Imported for a person's terminal only: it is a tenth of the start-up.
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
