"""The tables in RESULTS.md: each benchmark renews its own section and leaves the others."""

import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from os import cpu_count
from pathlib import Path


def table(rows: Sequence[Mapping[str, object]]) -> str:
    """Rows of cells as a Markdown table; the first row names the columns."""
    names = list(rows[0])
    lines = [names, ["---"] * len(names), *([cell(row[name]) for name in names] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(value: object) -> str:
    """A figure with as many digits as it deserves."""
    if not isinstance(value, float):
        return str(value)
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def machine() -> str:
    """In general words, what the figures were taken on, and when."""
    python = ".".join(platform.python_version_tuple()[:2])
    where = f"{cpu_count()} cores ({platform.machine()}), {platform.system()}, Python {python}"
    return f"{where}, {date.today():%B %Y}"


def write_section(file: Path, name: str, parts: Iterable[str]) -> None:
    """Put a section between its marks in `file`, at the end where it is new."""
    first, last = f"<!-- {name} -->", f"<!-- end of {name} -->"
    body = "\n\n".join([first, *parts, last])
    text = file.read_text("utf-8") if file.exists() else "# Results\n"
    before, mark, rest = text.partition(first)
    after = rest.partition(last)[2] if mark else "\n"
    file.write_text(f"{before.rstrip()}\n\n{body}{after}", "utf-8")
