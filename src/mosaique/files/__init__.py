"""Uploaded files: checked before they are kept, stored once, served only through what the actor may see.

Nouns: Upload. Doors: `services.store` (checks and keeps), `checks.inspect` (pure), `serving.attachment` (safe headers).
"""
