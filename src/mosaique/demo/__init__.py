"""The demonstration: the fixed cast, an invented life on a real territory, a date that moves, the mail it sends.

Served only when MOSAIQUE_DEMO is set. `cast` is also the cast of every test.
"""
