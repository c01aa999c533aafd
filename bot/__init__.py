"""The running assistant: answering, its channels and its command line."""
