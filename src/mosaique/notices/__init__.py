"""What changed, told to who may know it: the only reader of every journal line.

Doors: `feed.latest` (« Depuis votre visite »). Messages themselves leave through `kernel.mail`.
"""
