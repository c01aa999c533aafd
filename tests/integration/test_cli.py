"""The command line as the contract fixes it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.text import squeeze
from tests.integration.conftest import Run, run_cancu

ANSWERABLE = "Quyết định 1640 thay thế những quyết định nào?"
ANSWER_FIELDS = {
    "id", "question", "outcome", "answer", "citations", "nearest", "composer", "elapsed_ms",
}  # fmt: skip
CITATION_FIELDS = {
    "n", "file", "number", "title", "issuer", "date", "section", "quote", "start", "end",
}  # fmt: skip


def test_a_second_run_reads_nothing_again(cancu: Run, folder: Path) -> None:
    done = cancu("index", str(folder), "--json")
    report = json.loads(done.stdout)
    assert report["unchanged"] == 3
    assert report["added"] == report["changed"] == report["removed"] == report["refused"] == []
    assert report["passages"] > 3


def test_an_answer_as_json_has_the_fields_of_the_contract(cancu: Run, folder: Path) -> None:
    answer = json.loads(cancu("ask", "--json", ANSWERABLE).stdout)
    assert set(answer) == ANSWER_FIELDS
    assert answer["outcome"] == "answered"
    assert all(line.rstrip().endswith("]") for line in answer["answer"].splitlines())
    for citation in answer["citations"]:
        assert set(citation) == CITATION_FIELDS
        source = (folder / citation["file"]).read_text()
        assert squeeze(citation["quote"]) in squeeze(source)
        shown = json.loads(cancu("show", "--json", citation["file"]).stdout)
        assert shown["text"][citation["start"] : citation["end"]] == citation["quote"]


def test_questions_by_line_are_answered_in_order_with_their_ids(cancu: Run) -> None:
    rows = [
        {"id": "a", "question": ANSWERABLE},
        {"id": 2, "question": "Thời tiết ngày mai thế nào?"},
        {"id": "c", "question": "Còn Thông báo 63 thì sao?", "history": [ANSWERABLE]},
    ]
    stdin = "".join(json.dumps(row) + "\n" for row in rows)
    done = cancu("ask", "--jsonl", stdin=stdin)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", 2, "c"]
    assert [answer["outcome"] for answer in answers][:2] == ["answered", "unanswerable"]
    assert answers[1]["nearest"]


def test_a_bad_line_gets_its_own_failure_and_the_rest_goes_on(cancu: Run) -> None:
    stdin = 'không phải json\n{"id": 1}\n' + json.dumps({"id": 2, "question": ANSWERABLE}) + "\n"
    answers = [
        json.loads(line) for line in cancu("ask", "--jsonl", stdin=stdin).stdout.splitlines()
    ]
    assert [answer["outcome"] for answer in answers] == ["failed", "failed", "answered"]


def test_search_gives_ranked_passages(cancu: Run) -> None:
    rows = json.loads(cancu("search", "--json", "-k", "3", "hỗ trợ cấp nước").stdout)
    assert [row["rank"] for row in rows] == [1, 2, 3]
    assert rows[0]["score"] >= rows[1]["score"]
    assert set(rows[0]) == {"rank", "score", "file", "number", "section", "text", "start", "end"}


def test_documents_by_line_have_their_metadata(cancu: Run) -> None:
    rows = [json.loads(line) for line in cancu("documents", "--jsonl").stdout.splitlines()]
    by_file = {row["file"]: row for row in rows}
    draft = by_file["du-thao-kh-nuoc-sach-2026.txt"]
    assert (draft["number"], draft["status"]) == (None, "draft")
    assert draft["status_basis"]["quote"].startswith("Số")
    assert by_file["qd-1640-quy-che-van-linh-lang-nghe.md"]["number"] == "1640/QĐ-UBND"


def test_show_finds_a_document_by_its_number(cancu: Run) -> None:
    shown = json.loads(cancu("show", "--json", "1640/QĐ-UBND").stdout)
    assert shown["file"] == "qd-1640-quy-che-van-linh-lang-nghe.md"
    assert 0.9 < shown["quality"] <= 1


def test_the_chat_answers_piped_questions_and_opens_sources(cancu: Run) -> None:
    done = cancu("ask", stdin=f"{ANSWERABLE}\n/nguon 1\n/nguon 99\n/thoat\n")
    assert done.returncode == 0
    assert "[1]" in done.stdout
    assert "1640/QĐ-UBND" in done.stdout
    assert "Không có nguồn số 99" in done.stdout


def test_what_was_asked_for_and_is_not_there_is_one_sentence_and_code_1(cancu: Run) -> None:
    done = cancu("show", "khong-co.txt")
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1


def test_nothing_read_is_code_1_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "rong.txt").write_text("")
    done = run_cancu(tmp_path / "d", "index", str(tmp_path / "rong.txt"))
    assert done.returncode == 1
    assert "rong.txt" in done.stdout
    assert "Traceback" not in done.stderr


def test_bad_usage_is_code_2(cancu: Run) -> None:
    assert cancu("index").returncode == 2
    assert cancu("search", "-k", "0", "x").returncode == 2
    assert cancu("khong-co-lenh").returncode == 2


def test_a_setting_that_cannot_be_read_is_named(data: Path) -> None:
    done = run_cancu(data, "documents", CANCU_ALLOWED_USERS="mười")
    assert done.returncode == 1
    assert "CANCU_ALLOWED_USERS" in done.stderr


def test_serving_without_a_token_says_what_to_set(data: Path) -> None:
    done = run_cancu(data, "serve")
    assert done.returncode == 1
    assert "TELEGRAM_BOT_TOKEN" in done.stderr


def test_an_unreachable_telegram_is_one_sentence_without_the_token(data: Path) -> None:
    done = run_cancu(
        data, "doctor",
        TELEGRAM_BOT_TOKEN="123456:BI-MAT", CANCU_TELEGRAM_API="http://127.0.0.1:9",
        CANCU_ADMINS="1", CANCU_DEBUG="1",
    )  # fmt: skip
    assert done.returncode == 1
    assert "Telegram" in done.stdout
    assert "BI-MAT" not in done.stdout + done.stderr


def test_eval_answers_prints_measures(cancu: Run, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(
        json.dumps({
            "id": "1", "kind": "reference", "question": ANSWERABLE, "must": [["890/QĐ-UBND"]],
            "gold": [{
                "file": "qd-1640-quy-che-van-linh-lang-nghe.md",
                "quote": "Quyết định số 890/QĐ-UBND ngày 11/5/2022 của UBND tỉnh Vân Lĩnh",
            }],
        })
        + "\n"
        + json.dumps({"id": "2", "question": "Ai nuôi mèo?", "gold": [], "unanswerable": True})
    )  # fmt: skip
    measures = json.loads(cancu("eval", "answers", str(gold)).stdout)
    assert measures["quotes_exact"]["share"] == 1
    assert measures["abstained"]["of"] == "1/1"
    assert measures["right"]["of"].endswith("/1")


@pytest.mark.parametrize("command", [("ask", "--json", ANSWERABLE), ("documents", "--jsonl")])
def test_no_command_that_answers_imports_torch_or_telegram(
    data: Path, command: tuple[str, ...]
) -> None:
    code = (
        "import sys; from bot.cli import cancu\n"
        f"cancu({list(command)!r}, standalone_mode=False)\n"
        "heavy = {'torch', 'transformers', 'langchain', 'telegram', 'alembic'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, timeout=60,
        env={"CANCU_DATA_DIR": str(data), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stderr.strip() == "[]"
