"""What a student handed in -> its blocks, with nothing executed."""
