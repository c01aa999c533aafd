"""From a question to a verified outcome. Pure: no vendor, no channel."""
