"""Allocation keys (clés de répartition), one file each, listed by name in `costing/registry.py`."""
