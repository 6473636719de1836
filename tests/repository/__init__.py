"""Tests on what is tracked: the repository itself, its launcher script, its locks."""
