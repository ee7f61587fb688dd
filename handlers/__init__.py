"""The middle floor: what we do and say when something happens. Handlers return messages and never send."""
