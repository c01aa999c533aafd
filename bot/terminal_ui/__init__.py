"""The assistant in a terminal: a second channel beside Telegram."""
