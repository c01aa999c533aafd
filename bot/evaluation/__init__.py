"""Measures the assistant against gold files, over the same code path as `ask`."""
