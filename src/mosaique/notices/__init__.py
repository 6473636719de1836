"""What changed, told to who may know it: the only reader of every journal line.

Doors: `feed.changes` (« Depuis votre visite »). Messages themselves leave through `kernel.mail`.
"""
