"""Front hall: the home of a person, the public page of a territory, the calendar, the help pages. It composes; it owns nothing.

Doors: none (nothing is above it but the demonstration). It reads each room's `todos` and read models.
"""
