"""A YAML file -> what an assignment asks and how it is judged."""
