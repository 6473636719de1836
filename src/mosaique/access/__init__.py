"""Nouns of people and rights: Person, Mandate, Space, Membership, Scope, Actor; one reading rule. No screen, no verb.

Doors: `Scope.objects.obtain`, `scoped.ScopedQuerySet.visible_to`, `actor.Actor`, `cards.rewrite`, `readers.readers`.
"""
