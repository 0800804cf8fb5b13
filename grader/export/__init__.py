"""Feedback and scorecards -> files and screens, one module a format."""
