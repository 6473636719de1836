"""Procedures of consultation, one file each, listed by name in `registry.py`.

Each one says what silence means; none inherits it from another.
"""
