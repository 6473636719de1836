"""Gives the demonstration its past, day by day, through the same services as people use."""
