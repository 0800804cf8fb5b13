"""YAML that means the same to every reader -> plain values, and the line of each."""
