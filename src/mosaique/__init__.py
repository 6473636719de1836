"""Mosaïque: communes and their intercommunality build, decide and keep alive what they share."""

__version__ = "0.1.0"
