"""Finds the passages that bear an answer. Imports `corpus` only."""
