"""The interface: layout, components, form rendering, editable grid. It knows no business word.

Nouns: Chrome (what surrounds every page), parts (small values shown by components), tags and filters (loaded
everywhere as template builtins), Form (base of every form), Loader (French typography at compile time).
Doors: `chrome.Chrome`, `parts`, `forms.Form`, the tags of `templatetags.ui`, `templates/ui/base.html`,
`templates/ui/seuil.html`. Sources of styles and scripts: frontend/. How to use all this: docs/interface.md.
"""
