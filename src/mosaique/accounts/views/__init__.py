"""Screens: entry (sign-in), account, people, readers."""
