"""A frozen version, as the councils are given it."""

from mosaique.consultation.tests.conftest import version

__all__ = ["version"]
