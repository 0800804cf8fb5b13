"""Scorecard and audience -> feedback: the only words that students meet."""
