"""Assignment, reference and a submission to a scorecard: where the stages meet."""
