"""What residents do: start, choose a neighbourhood, look at jobs, save, apply elsewhere, stop, see and erase their data."""
