"""The scheme: axes and action sheets built together, positions of the communes, the report, its frozen versions.

Nouns: `Scheme`, `Axis`, `ActionSheet` (fiche action) with its indicators, milestones, decisions and documents;
`Position` (a commune's intention: never a deliberation), `Chapter` of the report, `Version` and `VersionFile`
(immutable, hashed). `legal_forms/` holds the legal forms, one file each.
Doors: `services` (verbs), `queries.sheets_for / sheet_page / positions_of`, `report.compile_content`,
`documents.report / commune_page`, `freezing.freeze_version`, `registry.FORMS`.
"""
