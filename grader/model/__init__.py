"""What flows between the stages, frozen: rubric, submission, answer, verdict, score."""
