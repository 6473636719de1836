"""Places and bodies: the national reference, authorities, territories and their members. No person here.

Nouns: `Authority` (commune, EPCI, other body), `Territory` (an EPCI and its communes at work in Mosaïque),
`TerritoryMember` (with its tile, given once). Doors: `reference.index` (look-ups and search in what ships),
`reference.outlines`, `reference.competences`, `reference.sources` (producer and vintage to print beside a
figure), `maps.draw`, `tiles.assign`, `naming` (« d’Albi », « du Mans »), `services` (the only writers).
The reference is pure Python and read-only: figures of a territory are copied into its rows with their vintage.
"""
