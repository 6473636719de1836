"""Speed, as a ratio to a floor measured in the same run: a bare Django application doing the least the page needs.

Doors: the `bench` command. `floor` is that bare application; `words` and `seed` make the data from a fixed seed.
"""
