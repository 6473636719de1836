"""The national reference that ships with the product: communes, EPCI, outlines, competences.

Pure Python, no database.  Doors: :mod:`index` (look-ups and search), :mod:`outlines` (polygons per département,
on demand), :mod:`competences` (what each EPCI's statutes hold), :mod:`sources` (producer and vintage of every
figure).  :mod:`build` makes ``data/`` from official files and is only run when a new vintage comes out.
"""
