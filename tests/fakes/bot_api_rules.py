"""What Telegram accepts from a bot: `check` lists the rules that one outgoing call breaks.

The Bot API as data (methods, fields, types, limits in the descriptions) gives most rules; without
that file the main limits and the HTML rules are still checked. Of the two Markdown modes only the
name is checked, and their text is counted as written.
"""

import dataclasses
import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

DEFAULT_API_DATA = Path(__file__).resolve().parents[2].parent / "shared" / "telegram" / "api.json"


@dataclass(frozen=True)
class Problem:
    """One broken rule; `answer` is how Telegram refuses the call, empty where it lets it pass."""

    method: str
    where: str
    what: str
    answer: str = ""

    def __str__(self) -> str:
        """Read well in a list that a test prints."""
        return f"{self.method} {self.where}: {self.what}"


@dataclass(frozen=True)
class Upload:
    """A file sent inside a call."""

    filename: str
    data: bytes = dataclasses.field(repr=False)


_Field = dict[str, Any]  # name, types, required, description
_Api = dict[str, dict[str, dict[str, Any]]]  # "methods" and "types", each by name

_TEXT_FIELDS = frozenset(
    {"text", "caption", "name", "title", "description", "callback_query_id", "secret_token"}
)
_MAIN_LIMITS = {
    ("sendMessage", "text"): (1, 4096),
    ("editMessageText", "text"): (1, 4096),
    ("sendMessageDraft", "text"): (0, 4096),
    ("sendDocument", "caption"): (0, 1024),
    ("answerCallbackQuery", "text"): (0, 200),
}
_REFUSALS = {
    ("text", True): "message is too long",
    ("text", False): "message text is empty",
    ("caption", True): "message caption is too long",
    ("callback_data", True): "BUTTON_DATA_INVALID",
    ("callback_data", False): "BUTTON_DATA_INVALID",
}
_LIMIT = re.compile(r"\b(\d+)\s*-\s*(\d+) (characters|bytes)", re.IGNORECASE)
_SCALARS: dict[str, type | tuple[type, ...]] = {
    "String": str,
    "Integer": int,
    "Float": (int, float),
    "Boolean": bool,
    "InputFile": Upload,
}


def api_data_available(path: Path = DEFAULT_API_DATA) -> bool:
    """Say whether the Bot API data is there; without it only the main rules are checked."""
    return path.is_file()


def known_method(method: str, api_data: Path = DEFAULT_API_DATA) -> bool:
    """Say whether the API has this method; without the data every name passes."""
    api = _load(api_data)
    return api is None or method in api["methods"]


def check(
    method: str, fields: Mapping[str, Any], api_data: Path = DEFAULT_API_DATA
) -> list[Problem]:
    """List what is wrong with one call; fields may be as on the wire or decoded."""
    values = decode(method, fields, api_data)
    api = _load(api_data)
    rules = _by_data(api, method, values) if api else _main_limits(method, values)
    return [*rules, *_formatting(method, "", values)]


def decode(
    method: str, fields: Mapping[str, Any], api_data: Path = DEFAULT_API_DATA
) -> dict[str, Any]:
    """Turn the JSON texts of form fields into values; what is no JSON stays a text."""
    entry = (_load(api_data) or {"methods": {}})["methods"].get(method, {})
    types = {field["name"]: field["types"] for field in entry.get("fields", [])}
    return {name: _decoded(name, value, types.get(name)) for name, value in fields.items()}


def visible_text(text: str, parse_mode: str | None) -> str:
    """Give the text as people see it, which is what Telegram counts: HTML parsed, ends trimmed."""
    return (parse_html(text)[0] if (parse_mode or "").lower() == "html" else text).strip()


def _decoded(name: str, value: Any, types: list[str] | None) -> Any:
    plain = name in _TEXT_FIELDS if types is None else "String" in types
    if not isinstance(value, str) or (plain and "Integer" not in (types or [])):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


@lru_cache
def _load(path: Path) -> _Api | None:
    return cast(_Api, json.loads(path.read_text("utf-8"))) if path.is_file() else None


def _length(
    method: str, where: str, text: str, limits: tuple[int, int], unit: str = "characters"
) -> Iterator[Problem]:
    size = len(text.encode()) if unit == "bytes" else len(text.encode("utf-16-le")) // 2
    if not limits[0] <= size <= limits[1]:
        name = where.rpartition(".")[2]
        answer = _REFUSALS.get((name, size > 0), f"{name} has a wrong length")
        yield Problem(method, where, f"{size} {unit}, allowed {limits[0]}-{limits[1]}", answer)


def _main_limits(method: str, values: dict[str, Any]) -> Iterator[Problem]:
    for (owner, name), limits in _MAIN_LIMITS.items():
        if owner == method and isinstance(values.get(name), str):
            text = visible_text(values[name], values.get("parse_mode"))
            yield from _length(method, name, text, limits)
    markup = values.get("reply_markup")
    rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
    for i, row in enumerate(rows):
        for j, button in enumerate(row):
            where = f"reply_markup.inline_keyboard[{i}][{j}].callback_data"
            yield from _length(method, where, button.get("callback_data", "-"), (1, 64), "bytes")


def _by_data(api: _Api, method: str, values: dict[str, Any]) -> Iterator[Problem]:
    if method not in api["methods"]:
        yield Problem(method, "method", "unknown")
        return
    yield from _DataRules(api, method).fields("", values, api["methods"][method].get("fields", []))


@dataclass(frozen=True)
class _DataRules:
    """The rules that stand in the API data, for one method."""

    api: _Api
    method: str

    def fields(self, path: str, values: dict[str, Any], spec: list[_Field]) -> Iterator[Problem]:
        known = {field["name"]: field for field in spec}
        for name in values.keys() - known.keys():
            if f"attach://{name}" not in repr(values):
                yield Problem(self.method, path + name, "unknown field")
        for name, field in known.items():
            if name in values:
                yield from self.value(path + name, values[name], field["types"])
                yield from self.limit(path + name, values, field)
            elif field["required"]:
                yield Problem(self.method, path + name, "missing", f"{name} is required")

    def value(self, where: str, value: Any, types: list[str]) -> Iterator[Problem]:
        if isinstance(value, list) and (inner := [t[9:] for t in types if t[:9] == "Array of "]):
            for i, item in enumerate(value):
                yield from self.value(f"{where}[{i}]", item, inner)
        elif isinstance(value, dict) and (found := [*self.variants(types)]):
            tries = [[*self.fields(f"{where}.", value, spec)] for spec in found]
            yield from min(tries, key=len)
        elif not any(_is_scalar(value, t) for t in types):
            what = f"{type(value).__name__} instead of {' or '.join(types)}"
            yield Problem(self.method, where, what, f"can't parse field {where}")

    def variants(self, types: list[str]) -> Iterator[list[_Field]]:
        for name in types:
            for variant in self.api["types"].get(name, {}).get("subtypes") or [name]:
                if variant in self.api["types"]:
                    yield self.api["types"][variant].get("fields", [])

    def limit(self, where: str, values: dict[str, Any], field: _Field) -> Iterator[Problem]:
        found, text = _LIMIT.search(field["description"]), values[field["name"]]
        if not found or not isinstance(text, str):
            return
        if " parsing" in field["description"]:
            text = visible_text(text, _mode_of(field["name"], values))
        limits = int(found[1]), int(found[2])
        yield from _length(self.method, where, text, limits, found[3].lower())


def _is_scalar(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "Boolean"
    return name in _SCALARS and isinstance(value, _SCALARS[name])


def _mode_of(name: str, values: Mapping[str, Any]) -> str | None:
    return cast(str | None, values.get(f"{name}_parse_mode", values.get("parse_mode")))


def _formatting(method: str, path: str, value: Any) -> Iterator[Problem]:
    """Check every formatted text in the call, however deep it lies."""
    if isinstance(value, list):
        for i, item in enumerate(value):
            yield from _formatting(method, f"{path}[{i}]", item)
    elif isinstance(value, dict):
        for name, item in value.items():
            where = f"{path}.{name}" if path else name
            yield from _formatting(method, where, item)
            if name.endswith("parse_mode") and str(item).lower() not in _MODES:
                yield Problem(method, where, f"unknown mode {item}", "unsupported parse_mode")
            takes_mode = name in _FORMATTED or f"{name}_parse_mode" in value
            if takes_mode and str(_mode_of(name, value)).lower() == "html":
                for what, answer in parse_html(str(item))[1]:
                    yield Problem(method, where, what, answer and f"can't parse entities: {answer}")


_MODES = frozenset({"html", "markdown", "markdownv2"})
_FORMATTED = frozenset({"text", "caption", "message_text"})
_BARE_TAGS = ("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "pre")
_TAGS = dict.fromkeys(_BARE_TAGS, "") | {
    "a": "href",
    "span": "class",
    "code": "class",
    "blockquote": "expandable",
    "tg-emoji": "emoji-id",
    "tg-time": "unix format",
}
_NEEDS = {"a": "href=", "span": '"tg-spoiler"', "tg-emoji": "emoji-id=", "tg-time": "unix="}
_ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[\w.-]+))?""")
_TOKEN = re.compile(
    rf"<(?P<close>/?)(?P<tag>[a-zA-Z][\w-]*)(?P<attributes>(?:\s+{_ATTRIBUTE.pattern})*)\s*>"
    r"|(?P<reference>&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)"
    r"|(?P<raw>[<>&])|(?P<plain>[^<>&]+)"
)


def parse_html(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Give the visible text, and each fault with Telegram's refusal (empty if it lets it pass)."""
    parser = _Html(text)
    return "".join(parser.seen), parser.faults


class _Html:
    """Telegram's HTML: few tags, each closed in order, and < > & escaped everywhere else."""

    def __init__(self, text: str) -> None:
        self.seen: list[str] = []
        self.faults: list[tuple[str, str]] = []
        self._open: list[str] = []
        for token in _TOKEN.finditer(text):
            self._take(token, f"at byte offset {len(text[: token.start()].encode())}")
        for tag in self._open[-1:]:
            answer = f'Can\'t find end tag corresponding to start tag "{tag}"'
            self.faults.append((f"<{tag}> is not closed", answer))

    def _take(self, token: re.Match[str], place: str) -> None:
        tag = (token["tag"] or "").lower()
        if token["raw"]:
            answer = f'Unsupported start tag "" {place}' if token["raw"] == "<" else ""
            self.faults.append((f"unescaped {token['raw']} or broken tag {place}", answer))
        if not tag:
            self.seen.append(html.unescape(token[0]) if token["reference"] else token[0])
        elif token["close"]:
            self._close(tag, place)
        else:
            if tag in _TAGS:
                self._enter(tag, token["attributes"], place)
            else:
                self.faults.append((f"<{tag}> {place}", f'Unsupported start tag "{tag}" {place}'))
            self._open.append(tag)

    def _close(self, tag: str, place: str) -> None:
        expected = self._open.pop() if self._open else ""
        if tag != expected:
            answer = f"Unexpected end tag {place}"
            if expected:
                answer = f'Unmatched end tag {place}, expected "</{expected}>", found "</{tag}>"'
            self.faults.append((f"</{tag}> {place} closes nothing or in wrong order", answer))

    def _enter(self, tag: str, attributes: str, place: str) -> None:
        for name in _ATTRIBUTE.findall(attributes):
            if name.lower() not in _TAGS[tag].split():
                self.faults.append((f"<{tag}> has no attribute {name} {place}", ""))
        if (need := _NEEDS.get(tag, "")) not in attributes.replace("'", '"').replace(" =", "="):
            self.faults.append((f"<{tag}> lacks {need} {place}", f'Tag "{tag}" must have {need}'))
        in_code = {"pre", "code"} & set(self._open) and [*self._open[-1:], tag] != ["pre", "code"]
        if in_code or (tag in ("a", "blockquote") and tag in self._open):
            self.faults.append((f"<{tag}> can't stand inside <{self._open[-1]}> {place}", ""))
