from pathlib import Path

from benchmarks.results import table, write_section


def test_a_section_is_renewed_in_its_place(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    file.write_text("# Kết quả\n\nLời dẫn.\n")
    write_section(file, "one", ["## Một", "cũ"])
    write_section(file, "two", ["## Hai", "giữ"])
    write_section(file, "one", ["## Một", "mới"])
    text = file.read_text()
    assert "cũ" not in text
    assert text.index("Lời dẫn.") < text.index("mới") < text.index("giữ")


def test_renewing_with_the_same_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    for name in ("one", "two"):
        write_section(file, name, ["a", "b"])
    before = file.read_text()
    write_section(file, "one", ["a", "b"])
    assert file.read_text() == before


def test_a_table_names_its_columns_once() -> None:
    lines = table([{"system": "A", "ms": 1234.5}, {"system": "B", "ms": 0.01234}]).splitlines()
    assert lines == [
        "| system | ms |",
        "| --- | --- |",
        "| A | 1,234 |",
        "| B | 0.0123 |",
    ]
