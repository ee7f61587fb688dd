"""Which database engines a test runs on: both, unless it says otherwise."""

import pytest

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
on_postgres = pytest.mark.parametrize("database", ["postgres"], indirect=True)
