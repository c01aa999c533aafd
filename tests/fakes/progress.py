"""Progress that nobody watches."""


class SilentProgress:
    """Takes every report of an indexing run and shows nothing."""

    def files(self, done: int, total: int, name: str) -> None:
        """Say nothing of files."""

    def vectors(self, done: int, total: int) -> None:
        """Say nothing of vectors."""
