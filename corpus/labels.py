"""What a file is called: its path below the folder given, and more where two would collide."""

from pathlib import Path

from sqlalchemy import Connection, select, update

from corpus import tables as t


def relabel(connection: Connection, *relatives: str | None) -> None:
    """Name files by their path below the folder given, with the folder where two would collide."""
    for relative in {*relatives} - {None}:
        alike = select(t.file.c.path, t.file.c.root).where(t.file.c.relative == relative)
        roots = {row.path: Path(row.root).parts[1:] for row in connection.execute(alike)}
        for path, root in roots.items():
            label = "/".join((*_telling(root, list(roots.values())), str(relative)))
            connection.execute(update(t.file).where(t.file.c.path == path).values(label=label))


def _telling(root: tuple[str, ...], roots: list[tuple[str, ...]]) -> tuple[str, ...]:
    """As many of the last names of `root` as tell it from the other `roots`."""
    lengths = range(len(root) + 1)
    alone = (n for n in lengths if sum(_last(other, n) == _last(root, n) for other in roots) == 1)
    return _last(root, next(alone, len(root)))


def _last(names: tuple[str, ...], count: int) -> tuple[str, ...]:
    return names[len(names) - min(count, len(names)) :]
