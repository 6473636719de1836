"""`{% load ui %}`: every component, every filter (loaded as a builtin by the settings)."""

from mosaique.kernel.ui.tags import atoms, blocks, fields, filters, layout, lists, register

__all__ = ["atoms", "blocks", "fields", "filters", "layout", "lists", "register"]
