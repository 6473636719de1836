"""Screens of the figures: those of one scenario, and the criteria of the territory."""
