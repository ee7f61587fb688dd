"""The edges towards messaging platforms. Each adapter turns updates into events and messages into payloads."""
