"""`python -m bot` is the console script `ilgam`."""

from .cli import main

if __name__ == "__main__":
    main()
