"""« Bloqué ? »: someone stuck on a page asks the project team, which answers in the page.

Doors: `queries.todos`, `queries.notice_of` (the answer, on the page where it was asked), `askers.register` (who may ask
without an account).
"""
