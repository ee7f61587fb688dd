"""The ground floor: everything that is remembered. Functions here never commit; a transaction of the store does."""
