"""The chat in a terminal: a line editor with history for people, plain lines for pipes."""

import logging
import sys
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.text import Text

from bot.answering.outcomes import Answered
from bot.bootstrap import Parts
from bot.chat import Chat
from bot.terminal_ui import texts
from bot.terminal_ui.render import console, print_answer, print_source, print_sources

log = logging.getLogger(__name__)


def run_chat(parts: Parts) -> None:
    """Ask and answer until the input ends. Ctrl-C stops the question, Ctrl-D the chat."""
    out = console()
    documents, _ = parts.store.counts()
    if not documents:
        out.print(texts.EMPTY)
        return
    people = sys.stdin.isatty()
    if people:
        out.print(texts.WELCOME.format(documents=documents))
    chat = Chat(parts.assistant, parts.store)
    for line in _edited(parts) if people else _piped():
        if line.startswith("/"):
            if not _obey(line, chat, out):
                break
        elif line:
            _answer(line, chat, out, people=people)
    if people:
        out.print(texts.GOODBYE)


def _answer(line: str, chat: Chat, out: Console, *, people: bool) -> None:
    try:
        if people:
            with out.status(texts.WORKING):
                answer = chat.ask(line)
        else:
            answer = chat.ask(line)
    except KeyboardInterrupt:
        out.print(texts.STOPPED)
        return
    except Exception:
        log.exception("a question failed")
        out.print(texts.FAILED)
        return
    print_answer(answer, out)
    out.print()


def _obey(line: str, chat: Chat, out: Console) -> bool:
    """Run a command; False when the chat ends."""
    command, _, argument = line.partition(" ")
    commands: dict[str, Callable[[], None]] = {
        "/nguon": lambda: _sources(argument.strip(), chat, out),
        "/moi": lambda: _fresh(chat, out),
        "/giup": lambda: out.print(texts.HELP),
        "/help": lambda: out.print(texts.HELP),
    }
    if command in ("/thoat", "/exit", "/quit"):
        return False
    commands.get(command, lambda: out.print(Text(texts.UNKNOWN.format(command=command))))()
    return True


def _fresh(chat: Chat, out: Console) -> None:
    chat.forget()
    out.print(texts.FRESH)


def _sources(argument: str, chat: Chat, out: Console) -> None:
    outcome = chat.last.outcome if chat.last else None
    if not isinstance(outcome, Answered):
        out.print(texts.NO_SOURCES)
    elif not argument:
        print_sources(outcome.citations, out)
    else:
        view = chat.source(int(argument)) if argument.isdecimal() and len(argument) < 6 else None
        if view:
            print_source(view, int(argument), out)
        else:
            last = len(outcome.citations)
            out.print(Text(texts.NO_SUCH_SOURCE.format(number=argument[:20], last=last)))


def _piped() -> Iterator[str]:
    for line in sys.stdin:
        yield line.strip()


def _edited(parts: Parts) -> Iterator[str]:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory

    history = FileHistory(str(parts.settings.data_dir / "chat-history"))
    session: PromptSession[str] = PromptSession(history=history)
    while True:
        try:
            yield session.prompt(texts.PROMPT).strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
