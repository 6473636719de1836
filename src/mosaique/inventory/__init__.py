"""What each commune has and needs: a campaign asks, each commune answers in its own inventory, section by section.

Nouns: `Campaign` (what is asked, as of which date, until when), `Return` (one commune's inventory; its state words are
known to all communes), `SectionSheet` (one section of one inventory: the unit that is shared, given back, released),
`Row` (one line), `Summary` (the sentence other communes read), `Release` (figures a commune puts in the report),
`Estimate` (a figure of the EPCI's own), `HelpRequest`, `ImportBatch`, `Statistic` (a published total).
Doors: `released.released_figures` (for the scheme), `aggregates.published` (totals of at least five communes),
`queries.board` (who has returned what), `registry.SECTIONS`, `services.*`.
"""
