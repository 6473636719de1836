"""Screens and verbs of groups: creating a space, its circle of readers, its members.

Nouns: Space and Membership are access's. Doors: `services`, `policies.may_write_in` (rooms above), two explicit
registries: `tools` (what a space's page shows) and `contents` (what follows when a space changes its readers).
URL names: `spaces`, `space`, `space_create`, `space_edit`, `space_openness`, `space_members`.
"""
