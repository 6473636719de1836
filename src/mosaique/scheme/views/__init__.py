"""Screens of the scheme: `sheets`, `report` (scheme page, chapters, preview), `versions` (freeze, files, verification)."""
