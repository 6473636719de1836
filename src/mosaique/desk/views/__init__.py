"""Screens of the front hall: homes and public pages (`front`), bodies, what is shown to a room, the guided tour."""
