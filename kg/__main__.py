"""Run the command line with ``python -m kg``, for when the script ``kg`` is not on the path."""

from kg.cli import main

if __name__ == "__main__":
    main()
