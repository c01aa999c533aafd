"""Abbreviations of the administration and what they stand for.

Types after Nghị định 30/2020/NĐ-CP, Phụ lục III; offices as they are written every day.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from corpus.text import fold
from retrieval.terms import folded

EXPANSIONS = {
    "UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "MTTQ": "Mặt trận Tổ quốc",
    "UBMTTQ": "Ủy ban Mặt trận Tổ quốc", "BTV": "Ban Thường vụ", "BCH": "Ban Chấp hành",
    "BTG": "Ban Tuyên giáo", "BTGDV": "Ban Tuyên giáo và Dân vận", "BDV": "Ban Dân vận",
    "BTC": "Ban Tổ chức", "UBKT": "Ủy ban Kiểm tra", "TTHC": "thủ tục hành chính",
    "CCHC": "cải cách hành chính", "CĐS": "chuyển đổi số", "CNTT": "công nghệ thông tin",
    "QPPL": "quy phạm pháp luật", "KTXH": "kinh tế xã hội", "KT-XH": "kinh tế - xã hội",
    "ANTT": "an ninh trật tự", "PCTN": "phòng chống tham nhũng", "GPMB": "giải phóng mặt bằng",
    "NSNN": "ngân sách nhà nước", "TTXH": "trật tự xã hội", "VPUB": "Văn phòng Ủy ban nhân dân",
    "STC": "Sở Tài chính", "STP": "Sở Tư pháp", "SNV": "Sở Nội vụ", "SYT": "Sở Y tế",
    "SXD": "Sở Xây dựng", "SCT": "Sở Công Thương", "SGDĐT": "Sở Giáo dục và Đào tạo",
    "STTTT": "Sở Thông tin và Truyền thông", "SKHCN": "Sở Khoa học và Công nghệ",
    "SVHTTDL": "Sở Văn hóa, Thể thao và Du lịch", "SNNMT": "Sở Nông nghiệp và Môi trường",
    "STNMT": "Sở Tài nguyên và Môi trường", "SKHĐT": "Sở Kế hoạch và Đầu tư",
    "SGTVT": "Sở Giao thông vận tải", "TTT": "Thanh tra tỉnh", "CAT": "Công an tỉnh",
    "KH": "kế hoạch", "BC": "báo cáo", "CV": "công văn", "QĐ": "quyết định", "NQ": "nghị quyết",
    "CT": "chỉ thị", "CTr": "chương trình", "TB": "thông báo", "KL": "kết luận", "TTr": "tờ trình",
    "HD": "hướng dẫn", "NĐ": "nghị định", "QC": "quy chế", "VB": "văn bản", "TW": "trung ương",
    "NTM": "nông thôn mới", "DVC": "dịch vụ công", "DVCTT": "dịch vụ công trực tuyến",
}  # fmt: skip

HASTY = {
    "dc": "được", "đc": "được", "bn": "bao nhiêu", "ko": "không", "ntn": "như thế nào",
    "lm": "làm", "vs": "với",
}  # fmt: skip
"""What people type on phones, in small letters."""

_BY_FOLDED = {fold(short): full for short, full in EXPANSIONS.items()}
_SHORT_BY_FULL = {fold(full): short for short, full in EXPANSIONS.items() if len(full.split()) > 2}
_NONE: Mapping[str, str] = MappingProxyType({})
_VOWEL = re.compile(r"[aeiouy]")
_TOKEN = re.compile(r"(?<![\w/-])[^\W\d_]+(?:-[^\W\d_]+)?(?![\w/-])")


def expand(text: str, defined: Mapping[str, str] = _NONE) -> str:
    """`text` with each abbreviation written out: «STC» becomes «Sở Tài chính».

    `defined` are those that documents define themselves; they come after the common ones. In small
    letters only what cannot be a syllable is taken for an abbreviation («kh», «stc»). Parts of a
    document number stay.
    """
    by_folded = {fold(short): full for short, full in defined.items()} | _BY_FOLDED
    return _TOKEN.sub(lambda match: _expanded(match.group(), by_folded), text)


def shorten(text: str) -> list[str]:
    """The abbreviations whose long form stands in `text`."""
    plain = fold(text)
    return [short for full, short in _SHORT_BY_FULL.items() if full in plain]


def long_forms(text: str, defined: Mapping[str, str]) -> list[str]:
    """What the short names of several words in `text` stand for («Quy chế 238»)."""
    plain = f" {' '.join(folded(text))} "
    several = ((short, long) for short, long in defined.items() if " " in short)
    return [long for short, long in several if f" {' '.join(folded(short))} " in plain]


def _expanded(token: str, by_folded: Mapping[str, str]) -> str:
    if token in HASTY:
        return HASTY[token]
    full = by_folded.get(fold(token))
    if full is None:
        return token
    spelled_as_one = token in EXPANSIONS or token.isupper()
    return full if spelled_as_one or not _VOWEL.search(fold(token)) or len(token) > 3 else token
