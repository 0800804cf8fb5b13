"""A rubric and its reference -> what is wrong with them that no schema sees."""
