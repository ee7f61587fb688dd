"""Telegram by its Bot API: import `client` only where a token is set, since the SDK behind it takes 16 MB."""
