"""Browser checks with pictures: run `make look` (needs chromium)."""
