"""An assignment -> what students and platforms get of it."""
