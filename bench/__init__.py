"""Benches: each measures one promise on the real code path and ends with one line of JSON (`python -m bench.match`)."""
