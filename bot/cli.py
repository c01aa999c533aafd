"""The command line: one function a command, each a few lines over the parts that do the work.

Exit codes: 0 done; 1 the work failed, with one plain sentence on stderr; 2 bad usage.
"""

import json
import logging
import sys
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from bot.answering.as_json import answer_row
from bot.answering.outcomes import Failed
from bot.answering.pipeline import Answer
from bot.bootstrap import Parts, build
from bot.logs import configure_logs
from bot.settings import load_settings
from bot.terminal_ui import texts
from corpus.errors import CancuError

log = logging.getLogger(__name__)


def main() -> None:
    """Run `cancu`; expected failures become one sentence on stderr and exit code 1."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        cancu(prog_name="cancu", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except CancuError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.stdout = None  # nothing is left that could be written to it
        sys.exit(0)
    except Exception as error:
        log.debug("unexpected", exc_info=True)
        what = " ".join(str(error).split())[:200]
        click.echo(
            f"Lỗi ngoài dự kiến ({type(error).__name__}: {what}); "
            "chạy cancu doctor để kiểm tra, hoặc đặt CANCU_DEBUG=1 để xem chi tiết.",
            err=True,
        )
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cancu")
@click.pass_context
def cancu(context: click.Context) -> None:
    """Căn Cứ: hỏi đáp trên văn bản của cơ quan, câu nào cũng dẫn nguồn."""
    settings = load_settings()
    token = settings.telegram_bot_token.get_secret_value()
    configure_logs(debug=settings.debug, secrets=(token,))
    context.obj = build(settings)


@cancu.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In kết quả bằng JSON.")
@click.option("--report", type=click.Path(path_type=Path), help="Ghi kết quả (JSON) ra tệp này.")
@click.pass_obj
def index(parts: Parts, paths: Sequence[Path], as_json: bool, report: Path | None) -> None:
    """Đọc tệp và thư mục vào kho; chỉ đọc lại những gì đã đổi."""
    from bot.indexing import run_index
    from bot.terminal_ui.progress import BarProgress

    with BarProgress() as progress:
        done = run_index(parts, paths, progress)
    if report:
        report.write_text(json.dumps(done.row(), ensure_ascii=False, indent=1), encoding="utf-8")
    if as_json:
        _print_json(done.row())
    else:
        click.echo(done.text())
    if done.ingest.nothing_read:
        why = "lý do của từng tệp đã nêu ở trên" if done.ingest.refused else "ở đó không có tệp nào"
        raise CancuError(f"Không đọc được văn bản nào: {why}.")


@cancu.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="In câu trả lời bằng JSON.")
@click.option("--jsonl", is_flag=True, help="Đọc câu hỏi từ đầu vào, mỗi dòng một JSON.")
@click.pass_obj
def ask(parts: Parts, question: str | None, as_json: bool, jsonl: bool) -> None:
    """Hỏi một câu; không có câu hỏi thì mở khung trò chuyện."""
    if jsonl:
        for row in _questions():
            _print_json(_answer_row(parts, row))
    elif question is None:
        from bot.terminal_ui.chat import run_chat

        run_chat(parts)
    else:
        from bot.terminal_ui.render import print_answer

        answer = _asked(parts, question)
        if as_json:
            _print_json(answer_row(answer, None, debug=parts.settings.debug))
        elif not isinstance(answer.outcome, Failed):
            print_answer(answer)
        if isinstance(answer.outcome, Failed):
            raise CancuError(answer.outcome.reason)


@cancu.command()
@click.argument("query")
@click.option("-k", default=10, show_default=True, type=click.IntRange(1, 200), help="Số đoạn.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả bằng JSON.")
@click.pass_obj
def search(parts: Parts, query: str, k: int, as_json: bool) -> None:
    """Tìm các đoạn văn bản liên quan, xếp từ gần nhất."""
    from bot.listing import search_rows

    rows = search_rows(parts, query, k)
    if as_json:
        _print_json(rows)
        return
    for row in rows:
        place = ", ".join(str(row[name]) for name in ("number", "section") if row[name])
        click.echo(f"{row['rank']:>2}. {row['score']:.3f}  {row['file']}  {place}")
        click.echo("    " + " ".join(row["text"].split())[:160])


@cancu.command()
@click.option("--jsonl", is_flag=True, help="Mỗi văn bản một dòng JSON.")
@click.pass_obj
def documents(parts: Parts, jsonl: bool) -> None:
    """Liệt kê văn bản trong kho và thông tin của chúng."""
    from bot.listing import document_row

    for document in parts.store.documents():
        row = document_row(document)
        if jsonl:
            _print_json(row)
        else:
            facts = (row["type"], row["number"], row["date"], row["issuer"], row["title"])
            click.echo(f"{row['file']}: {' | '.join(str(fact or '–') for fact in facts)}")


@cancu.command()
@click.argument("file_or_number")
@click.option("--json", "as_json", is_flag=True, help="In văn bản bằng JSON.")
@click.pass_obj
def show(parts: Parts, file_or_number: str, as_json: bool) -> None:
    """Xem một văn bản: phần đầu, nội dung và cấu trúc."""
    from bot.listing import find_document
    from bot.terminal_ui.render import print_document

    document = find_document(parts.store, file_or_number)
    if as_json:
        row = {"file": document.file, "text": document.text, "quality": document.document.quality}
        _print_json(row)
    else:
        print_document(document)


@cancu.command()
@click.pass_obj
def serve(parts: Parts) -> None:
    """Chạy trợ lý trên Telegram."""
    from bot.telegram_ui.serve import run_bot

    run_bot(parts)


@cancu.command()
@click.pass_obj
def doctor(parts: Parts) -> None:
    """Kiểm tra cấu hình, kho văn bản và kết nối; nêu cách sửa."""
    from bot.doctor import Level, checks

    found = list(checks(parts))
    for check in found:
        click.echo(f"{check.level.value:<6} {check.text}")
    if any(check.level is Level.WRONG for check in found):
        raise CancuError("Có mục chưa đạt; xem cách sửa ở dòng LỖI.")


@cancu.group("eval")
def evaluate() -> None:
    """Đo trợ lý trên bộ câu hỏi chuẩn."""


@evaluate.command("retrieval")
@click.option("--corpus", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--queries", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--run", "run_file", type=click.Path(path_type=Path), help="Ghi bảng xếp hạng.")
@click.pass_obj
def eval_retrieval(parts: Parts, corpus: Path, queries: Path, run_file: Path | None) -> None:
    """Đo tìm kiếm trên một bộ đoạn và câu hỏi có đáp án."""
    from bot.evaluation.retrieval import evaluate_retrieval
    from bot.terminal_ui.progress import BarProgress

    with BarProgress() as progress:
        measures = evaluate_retrieval(corpus, queries, run_file, parts.embedder, progress.vectors)
    _print_json(measures)


@evaluate.command("answers")
@click.argument("questions", type=click.Path(exists=True, path_type=Path))
@click.pass_obj
def eval_answers(parts: Parts, questions: Path) -> None:
    """Hỏi từng câu trong bộ chuẩn và chấm; câu sai in ra stderr."""
    from bot.evaluation.answers import Scored, evaluate_answers

    def seen(scored: Scored) -> None:
        if not scored.right:
            said = " ".join(scored.answer["answer"].split())[:200]
            click.echo(
                f"{scored.row.get('id')}: {scored.why}: {scored.row['question']} → {said}", err=True
            )

    _print_json(evaluate_answers(questions, parts.assistant, parts.store, seen))


@evaluate.command("documents")
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.pass_obj
def eval_documents(parts: Parts, gold: Path) -> None:
    """Đối chiếu thông tin văn bản với bộ chuẩn; chỗ khác in ra stderr."""
    from bot.evaluation.documents import evaluate_documents

    def differs(text: str) -> None:
        click.echo(text, err=True)

    _print_json(evaluate_documents(gold, parts.store, differs))


def _answer_row(parts: Parts, row: dict[str, Any]) -> dict[str, Any]:
    answer = _asked(parts, row["question"], row["history"])
    return answer_row(answer, row.get("id"), debug=parts.settings.debug)


def _asked(parts: Parts, question: str, history: Sequence[str] = ()) -> Answer:
    """The answer; a question that breaks something fails alone."""
    try:
        return parts.assistant.ask(question, history)
    except CancuError:
        raise
    except Exception:
        log.exception("a question failed")
        return Answer(question, Failed(texts.FAILED), 0.0)


def _questions() -> Iterator[dict[str, Any]]:
    """Rows of stdin; a line that is no question gets its own failed answer."""
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip("\ufeff \t\r\n"):
            continue
        try:
            yield _question_row(line.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            reason = f"Dòng {number} không phải một JSON có trường question (và history nếu có)."
            _print_json(answer_row(Answer("", Failed(reason), 0.0), None))


def _question_row(line: str) -> dict[str, Any]:
    """One question with its history; ValueError where the line is none."""
    row = json.loads(line)
    if not isinstance(row, dict):
        raise ValueError(line)
    history = row.get("history") or []
    if not isinstance(history, list):
        raise ValueError(line)
    question, *earlier = [_sound(text) for text in (row.get("question"), *history)]
    return {"id": row.get("id"), "question": question, "history": earlier}


def _sound(text: object) -> str:
    """A string without lone surrogates, which no file and no channel can take."""
    if not isinstance(text, str):
        raise ValueError(text)
    return text.encode("utf-8", "replace").decode()


def _print_json(row: Any) -> None:
    text = json.dumps(row, ensure_ascii=False)
    escaped = any("\ud800" <= character <= "\udfff" for character in text)
    click.echo(json.dumps(row) if escaped else text)
    sys.stdout.flush()
