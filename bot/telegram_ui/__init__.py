"""The assistant in Telegram: the only importer of `telegram`."""
