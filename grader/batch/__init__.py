"""A class of submissions -> a gradebook: in parallel, resumable, a row for each."""
