"""Every error of ours, as a tree. Messages are one Vietnamese sentence for a person.

CancuError
├── UnreadableFileError   one file cannot be taken in; the rest goes on
├── CorpusBusyError       another indexing run holds the corpus
├── NotIndexedError       asked before anything was indexed, or for a document that is not there
├── ConfigurationError    a setting is missing or wrong
└── ChannelError          the messaging service cannot be reached or refuses
"""


class CancuError(Exception):
    """Base of all expected failures: `str(error)` may be shown to the user as it is."""


class UnreadableFileError(CancuError):
    """A file that cannot become a document; the message says why.

    `passing` says that the file may be as it was and only cannot be opened now: what was read of
    it before is kept.
    """

    def __init__(self, reason: str, *, passing: bool = False) -> None:
        super().__init__(reason)
        self.passing = passing


class CorpusBusyError(CancuError):
    """Another process is changing the corpus."""


class NotIndexedError(CancuError):
    """The corpus does not hold what was asked for."""


class ConfigurationError(CancuError):
    """A setting is missing or cannot be used."""


class ChannelError(CancuError):
    """The messaging service cannot be reached or refuses the bot."""
