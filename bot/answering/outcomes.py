"""What an answer can be: a closed set. Every outcome has its reply in every channel."""

from dataclasses import dataclass, field

from corpus.model import Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of one document: the span, and the document's id."""

    document: int
    span: Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer with the spans that bear it, in the order of its words.

    `item` marks an entry of a list, shown on a line of its own.
    """

    text: str
    evidence: tuple[Evidence, ...]
    item: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered source as the reader sees it; `quote` is `text[start:end]` of its document."""

    n: int
    document: int
    file: str
    number: str | None
    title: str | None
    issuer: str | None
    date: str | None
    section: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NearDocument:
    """A document that comes close to a question it does not answer."""

    document: int
    file: str
    number: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Answered:
    """Verified sentences and their sources; `marks[i]` are the numbers behind sentence i."""

    sentences: tuple[Sentence, ...]
    marks: tuple[tuple[int, ...], ...]
    citations: tuple[Citation, ...]
    composer: str = "extractive"


@dataclass(frozen=True, slots=True)
class Unanswerable:
    """The corpus does not say it; these documents come nearest."""

    nearest: tuple[NearDocument, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Clarify:
    """More than one reading: `ask` is the question back to the user."""

    ask: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Not this assistant's work."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Something broke; `reason` is one sentence for the user."""

    reason: str


Outcome = Answered | Unanswerable | Clarify | Refused | Failed
