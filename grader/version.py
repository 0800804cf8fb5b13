"""The version of this grader, written into every record."""

__version__ = "0.1.0"
