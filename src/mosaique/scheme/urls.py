"""Addresses of the scheme: sheets, report, versions, public verification."""

from django.urls import path

from mosaique.scheme.views import appearance, editing, law, preparations, report, sheet, sheets, versions

urlpatterns = [
    path("fiches/", sheets.sheets, name="sheets"),
    path("fiches/nouvelle/", sheets.sheet_new, name="sheet_new"),
    path("fiches/<int:pk>/", sheet.sheet, name="sheet"),
    path("fiches/<int:pk>/position/", sheet.position, name="sheet_position"),
    path("fiches/<int:pk>/positions/", sheet.positions, name="sheet_positions"),
    path("fiches/<int:pk>/modifier/<slug:part>/", editing.sheet_edit, name="sheet_edit"),
    path("fiches/<int:pk>/etape/", editing.sheet_status, name="sheet_status"),
    path("fiches/<int:pk>/pieces/", editing.sheet_document, name="sheet_document"),
    path("fiches/<int:pk>/decision/", editing.sheet_decision, name="sheet_decision"),
    path("formes-juridiques/", law.legal_forms, name="legal_forms"),
    path("formes-juridiques/choisir/", law.legal_choice, name="legal_choice"),
    path("axes/<int:pk>/", sheets.axis_edit, name="axis_edit"),
    path("schema/", report.scheme, name="scheme"),
    path("schema/manques/", report.missing, name="scheme_missing"),
    path("schema/chapitres/<slug:key>/", report.chapter, name="chapter"),
    path("schema/apercu/", report.draft, name="draft"),
    path("schema/apercu/rapport.<slug:fmt>", report.draft_file, name="draft_file"),
    path("schema/apercu/<slug:code>.<slug:fmt>", report.draft_page, name="draft_page"),
    path("schema/apparence/", appearance.appearance, name="scheme_look"),
    path("schema/apparence/page-<int:page>.png", appearance.sample, name="scheme_look_page"),
    path("schema/figer/", versions.freeze, name="freeze"),
    path("schema/rouvrir/", report.reopen, name="scheme_reopen"),
    path("versions/<int:pk>/", versions.version, name="version"),
    path("versions/<int:pk>/lire/", versions.version_read, name="version_read"),
    path("versions/fichiers/<int:pk>/", versions.version_file, name="version_file"),
    path("versions/<int:pk>/extraits/", preparations.extracts, name="extracts"),
    path("preparations/<int:pk>/", preparations.preparation, name="preparation"),
    path("preparations/<int:pk>/annuler/", preparations.cancel, name="preparation_cancel"),
    path("preparations/<int:pk>/reprendre/", preparations.restart, name="preparation_restart"),
    path("preparations/fichiers/<int:pk>/", preparations.prepared_file, name="prepared_file"),
    path("verifier/", versions.verify, name="verify"),
    path("verifier/<str:code>/", versions.verify, name="verify_code"),
]
