"""What a process of student code is kept from, and how: each layer by itself.

The standard library and Linux's own calls; everything is tried, and nothing relied on.
"""
