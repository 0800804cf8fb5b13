"""Grades homework with real mathematics in it.

Empty on purpose: the sandbox's worker lives in this package and must load nothing.
The public Python interface is `grader.pipeline` and `grader.batch`.
"""
