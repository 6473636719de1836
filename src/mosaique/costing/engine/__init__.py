"""Costing engine: pure arithmetic on `Decimal`, no framework, no clock, no storage.

Nouns: `Party` (an authority), `Figure` (a value, or why there is none), `AllocationKey` (clé de répartition)
and its `AllocationResult`, `Consolidation` of the two prescribed impacts (ETP, running costs).
Doors: `costing.registry.KEYS`, `engine.impacts.consolidate`, `engine.wording` for figures in French.
Units: euros with two decimals, ETP with two decimals. Every refusal is a `CostingError` (French sentence and
place).
"""
