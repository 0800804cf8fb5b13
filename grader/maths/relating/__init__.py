"""Relations, sets, systems and derivation steps -> a finding."""
