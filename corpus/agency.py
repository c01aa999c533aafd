"""Names of issuing bodies: from the capitals of a header to how a sentence writes them."""

import re
from collections import Counter

from corpus.text import UPPER, fold

LEVELS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu")
_NAME = rf"[{UPPER}][\w’']*(?:[ -][{UPPER}][\w’']*){{0,3}}"
_PLACE = re.compile(rf"\b(?:{'|'.join(LEVELS)})\s+({_NAME})")
_SHORT = (
    (re.compile(r"\b[UỦ][ỷỶyYủ]? ban nhân dân\b|\bỦy ban nhân dân\b", re.IGNORECASE), "UBND"),
    (re.compile(r"\bhội đồng nhân dân\b", re.IGNORECASE), "HĐND"),
)
_BODY = (
    r"(?:UBND|HĐND|[UỦ][ỷy] ban [Nn]hân dân|Hội đồng [Nn]hân dân|Đảng ủy|Đảng uỷ|Tỉnh ủy|Thành ủy"
    rf"|Huyện ủy|(?:Sở|Ban|Bộ|Phòng|Cục|Chi cục) [{UPPER}](?:(?! về )[\w, ]){{3,60}}?)"
)
_ACTS = r"(?:báo cáo|ban hành|xây dựng|yêu cầu|chỉ đạo|đề nghị|thông báo|hướng dẫn|nhận được)"
_ACRONYMS = ("", "UBND", "HĐND", "MTTQ")
_SELF = re.compile(
    rf"(?<!của )(?<!bởi )\b({_BODY}(?:\s+(?:{'|'.join(LEVELS)})(?:\s+{_NAME})?)?)\s*,?\s+{_ACTS}\b"
)
_CLOSING = re.compile(rf"của ({_BODY}(?:\s+(?:{'|'.join(LEVELS)})\s+{_NAME})?)\s*[;,./]")


def shortened(name: str) -> str:
    """«Ủy ban nhân dân tỉnh X» as officials write it: «UBND tỉnh X»."""
    for pattern, short in _SHORT:
        name = pattern.sub(short, name)
    return re.sub(r"\s+", " ", name).strip(" ,;:-*")


def issuer_from_header(lines: list[str], body: str) -> str | None:
    """The issuing body from the capitals at the top left, superior bodies above it.

    «UBND TỈNH X» over «SỞ Y TẾ» is the Sở Y tế of that province.
    """
    if not lines:
        return None
    if len(lines) > 1 and _starts_with_level(lines[-1]):
        lines = [*lines[:-2], f"{lines[-2]} {lines[-1]}"]
    issuer = shortened(truecase(lines[-1], body))
    above = shortened(truecase(lines[-2], body)) if len(lines) > 1 else ""
    return _below(issuer, above) or None


def _below(issuer: str, above: str) -> str:
    """An office with what it belongs to: a province for a Sở, the whole body for a Văn phòng."""
    place = _PLACE.search(above)
    if _PLACE.search(issuer) or not above:
        return issuer
    if re.match(r"(Ban|Văn phòng)\b", issuer) and re.match(
        r"(Tỉnh|Thành|Huyện) ủy|UBND|HĐND", above
    ):
        return f"{issuer} {above}"
    if place and re.match(r"(Sở|Ban|Thanh tra|Chi cục)\b", issuer):
        return f"{issuer} {place.group().strip()}"
    return issuer


def issuer_from_body(body: str, place: str | None) -> str | None:
    """The issuing body that the text names as its author, with the place if the text tells it."""
    found = [shortened(m.group(1)) for m in _SELF.finditer(body[:2500])]
    found += [shortened(m.group(1)) for m in _CLOSING.finditer(body[-1500:])]
    if not found:
        return None
    name = found[0]
    level = next((level for level in LEVELS if name.endswith(f" {level}")), None)
    if level is None:
        return name
    there = place or _commonest_place(body, level)
    return f"{name} {there}" if there else name


def truecase(capitals: str, body: str) -> str:
    """Capitals as ordinary writing: as the body spells the same words, else by rule."""
    words = re.sub(r"\s+", " ", capitals).strip()
    if not words.isupper():
        return words
    found = _spelled(words, body)
    if found:
        return found
    party = re.match(r"(TỈNH|THÀNH|HUYỆN) ỦY\s+", words)
    if party:
        name = words[party.end() :]
        return f"{party.group(1).capitalize()} ủy {_spelled(name, body) or name.title()}"
    match = re.search(rf"\b(?:{'|'.join(level.upper() for level in LEVELS)})\s+", words)
    if not match:
        return words.capitalize()
    head, level, name = words[: match.start()].strip(), match.group().strip(), words[match.end() :]
    agency = head if head in _ACRONYMS else _spelled(head, body) or head.capitalize()
    return f"{agency} {level.lower()} {_spelled(name, body) or name.title()}".strip()


def _spelled(words: str, body: str) -> str | None:
    spellings = Counter(
        found
        for found in re.findall(re.escape(words), body, re.IGNORECASE)
        if not found.isupper() and not found[:1].islower()
    )
    return str(spellings.most_common(1)[0][0]) if spellings else None


def _starts_with_level(line: str) -> bool:
    return any(fold(line).startswith(f"{fold(level)} ") for level in LEVELS)


def _commonest_place(body: str, level: str) -> str | None:
    names = Counter(re.findall(rf"\b{level}\s+({_NAME})", body))
    return names.most_common(1)[0][0] if names else None
