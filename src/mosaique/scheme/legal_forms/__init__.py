"""Legal forms of sharing, one file each, listed by name in `registry.py`.

Nouns: `LegalForm`, its `Fact`s (each with its article and its mark, « vérifié le … » or « à vérifier »), its
`Document`s and `Step`s. Doors: `registry.LEGAL_FORMS`, `registry.form_for`, `steps.next_steps`, `steps.readiness`,
`steps.ac_imputation`. Everything here informs; nothing blocks, and an unverified fact weighs on nothing.
"""
