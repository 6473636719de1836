"""One rich, small territory, made by the product's own services: what the matrix, the grid of scopes and the canary visit.

Every text a person could have written holds a word found nowhere else, with the list of who may read it (`words`).
"""
