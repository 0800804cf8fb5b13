"""What runs in a process of student code: it holds the work, and nothing else.

The zygote's own side, the worker, and what a notebook finds around it. Nothing here
knows the trusted side; the two share `grader.sandbox.wire` and `grader.sandbox.plain`.
"""
