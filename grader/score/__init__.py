"""Verdicts and rubric -> a scorecard in exact fractions."""
