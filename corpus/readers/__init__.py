"""Readers: from a file to its text. One port, one adapter for each kind of file."""
