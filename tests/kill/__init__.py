"""The real process, killed again and again."""
