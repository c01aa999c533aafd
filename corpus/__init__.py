"""What a document is: its text, its parts, where it is kept. Imports nothing else of ours."""
