"""`cancu eval documents`: metadata read from documents against a gold file."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.listing import document_row
from corpus.store import Store
from corpus.text import squeeze

FIELDS = ("type", "number", "date", "issuer", "title", "signer", "recipients", "addressees")


def evaluate_documents(gold: Path, store: Store, differs: Callable[[str], None]) -> dict[str, Any]:
    """How many fields agree, over the documents that are in the corpus; `differs` hears the rest.

    Strings are compared after NFC and without white space.
    """
    read = {row["file"]: row for row in map(document_row, store.documents())}
    right: Counter[str] = Counter()
    found, absent = 0, []
    for line in gold.read_text(encoding="utf-8").splitlines():
        wanted = json.loads(line)
        row = read.get(wanted["file"])
        if row is None:
            absent.append(wanted["file"])
            continue
        found += 1
        for field in FIELDS:
            if _same(row[field], wanted.get(field)):
                right[field] += 1
            else:
                differs(
                    f"{wanted['file']}: {field}: đọc {row[field]!r}, chuẩn {wanted.get(field)!r}"
                )
    return {"documents": found, "absent": absent, **{f: f"{right[f]}/{found}" for f in FIELDS}}


def _same(read: object, wanted: object) -> bool:
    if isinstance(wanted, list) and isinstance(read, list):
        return [squeeze(str(item)) for item in read] == [squeeze(str(item)) for item in wanted]
    if isinstance(wanted, str) and isinstance(read, str):
        return squeeze(read) == squeeze(wanted)
    return read == wanted
