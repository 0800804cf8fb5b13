"""Trees at a point -> values in balls, in random models where a name has no formula."""
