"""Runs what students hand in, apart: probes in, answers out, as data.

Empty on purpose: the worker lives in this package and must load nothing.
"""
