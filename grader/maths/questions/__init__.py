"""What is asked of an answer, and which slip explains a wrong one."""
