"""What to ask a submission, and what to ask the reference, follow-through included."""
