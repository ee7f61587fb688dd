"""What staff do: come in by an invitation, and see what needs them today."""
