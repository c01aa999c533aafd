"""Prompt files for a language model; none is needed while answers are extractive."""
