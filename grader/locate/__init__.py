"""Written blocks and a rubric's `written:` entries -> what stands where in a sheet."""
