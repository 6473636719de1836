"""The spreadsheet comes back as it left; what changed is told row by row; nothing is lost; a bad file says why."""

import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mosaique.demo.people import Company
from mosaique.inventory import exports, services
from mosaique.inventory.cells import KEPT
from mosaique.inventory.models import ImportBatch, Row, SectionSheet
from mosaique.inventory.registry import SECTIONS
from mosaique.kernel.verdict import Problem, Refused

Fill, SheetOf, Change = Callable[..., list[Row]], Callable[[str], SectionSheet], Callable[..., dict[str, Any]]
STAFF = [
    {"mission": "Accueil", "filiere": "Administrative", "categorie": "C", "etp_budget": "0,60", "etp_pourvu": "?", "depart": "3 à 5 ans"},
    {"mission": "=SOMME(A1)", "filiere": "technique", "statut": "Non concerné", "etp_budget": "35", "partage": "+33 Andouque"},
    {"mission": "Cantine", "etp_budget": "0,1"},
]  # fmt: skip


def export(sheet: SectionSheet) -> openpyxl.Workbook:
    content = exports.workbook(sheet.inventory, [(sheet.spec, list(Row.objects.kept().filter(sheet=sheet)))])
    return openpyxl.load_workbook(BytesIO(content))


def send(cast: Company, sheet: SectionSheet, content: bytes, slug: str = "secretaire") -> ImportBatch:
    return services.receive_import(actor=cast.actor(slug), inventory=sheet.inventory, file=BytesIO(content))


def receive(
    cast: Company, sheet: SectionSheet, book: openpyxl.Workbook, slug: str = "secretaire"
) -> ImportBatch:
    out = BytesIO()
    book.save(out)
    out.seek(0)
    return services.receive_import(actor=cast.actor(slug), inventory=sheet.inventory, file=out)


def state(sheet: SectionSheet) -> list[Any]:
    return [(row.pk, row.cells) for row in Row.objects.kept().filter(sheet=sheet)]


def kinds(batch: ImportBatch) -> list[str]:
    return [row["kind"] for part in batch.report for row in part["rows"]]


def test_a_file_sent_back_untouched_changes_nothing(cast: Company, staff: SectionSheet, fill: Fill) -> None:
    fill(staff, STAFF)
    before = state(staff)
    batch = receive(cast, staff, export(staff))
    assert kinds(batch) == ["same", "same", "same"]
    services.apply_import(actor=cast.actor("secretaire"), batch=batch)
    assert state(staff) == before


SAMPLES = {
    "text": "Texte « libre »,  deux espaces & <b>",
    "int": "12",
    "an": "2012",
    "etp": "0,75",
    "money": "1 234,56",
    "date": "31/12/2027",
}


def full(sheet: SectionSheet) -> list[dict[str, str]]:
    """A line with every column answered, and one where nothing is known."""
    line = {c.name: c.choices[0][1] if c.kind == "choice" else SAMPLES[c.unit if c.unit == "an" else c.kind]
            for c in sheet.spec.columns}  # fmt: skip
    first = sheet.spec.first.name
    return [line, {first: line[first]} | {c.name: "?" for c in sheet.spec.columns if c.unknown}]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_every_section_makes_the_round_trip(cast: Company, sheet_of: SheetOf, fill: Fill, kind: str) -> None:
    """One workbook for the commune, all its sections in it: it comes back as it left, and leaves again the same."""
    pairs = []
    for section in SECTIONS:
        sheet = sheet_of(section)
        rows = fill(sheet, full(sheet))
        assert not any("r" in cell for row in rows for cell in row.cells.values())
        pairs.append((sheet.spec, rows))
    content = exports.workbook(sheet.inventory, pairs, kind)
    batch = send(cast, sheet, content)
    assert {part["section"] for part in batch.report} == set(SECTIONS)
    assert all(not part["notes"] for part in batch.report)
    assert kinds(batch) == ["same", "same"] * len(SECTIONS) and not any(batch.changes.values())
    if kind == "ods":
        assert exports.workbook(sheet.inventory, pairs, kind) == content


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_cell_that_could_not_be_taken_is_told_in_the_file(
    staff: SectionSheet, fill: Fill, kind: str
) -> None:
    rows = fill(staff, [{"mission": "Accueil", "etp_budget": "1"}, {"mission": "Voirie", "etp_budget": "35"}])
    content = exports.workbook(staff.inventory, [(staff.spec, rows)], kind)
    told = plain(content)
    assert (
        "Personnel, ligne 3 de la feuille, ETP prévus au budget : « 35 »." in told
        and "avez-vous saisi des heures" in told
    )
    assert "Cases à revoir" not in plain(exports.workbook(staff.inventory, [(staff.spec, rows[:1])], kind))


def plain(content: bytes) -> str:
    """All that the parts of a file say, with ordinary spaces."""
    archive = zipfile.ZipFile(BytesIO(content))
    text = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return text.replace("\u202f", " ").replace("\xa0", " ")


def test_an_ods_file_is_what_another_reader_expects(staff: SectionSheet, fill: Fill) -> None:
    import odfdo

    rows = fill(staff, STAFF)
    content = exports.workbook(staff.inventory, [(staff.spec, rows)], "ods")
    document = odfdo.Document(BytesIO(content))
    table = document.body.get_table(name="Personnel")
    assert table.get_row_values(0)[:5] == ["Poste ou mission", "Filière", "Catégorie", "Statut", "ETP prévus"]
    assert [str(value) for value in table.get_row_values(1)[4:6]] == ["0.60", "Ne sait pas"]
    assert table.get_row_values(2)[0] == "=SOMME(A1)" and table.get_cell((0, 2)).formula is None
    assert table.protected
    rule = document.content.get_element("descendant::table:content-validation[@table:name='staff-filiere']")
    assert '"Administrative";"Technique"' in rule.get_attribute("table:condition")


def test_formulas_leave_as_text(staff: SectionSheet, fill: Fill) -> None:
    fill(staff, STAFF)
    page = export(staff)["Personnel"]
    found = [cell for row in page.iter_rows() for cell in row if str(cell.value or "").startswith(("=", "+"))]
    assert [cell.data_type for cell in found] == ["s", "s"]


def test_rows_changed_added_refused_and_copied_are_told_one_by_one(
    cast: Company, staff: SectionSheet, fill: Fill
) -> None:
    rows = fill(staff, STAFF)
    book = export(staff)
    page = book["Personnel"]
    page["E2"] = 0.8
    page["E4"] = "beaucoup"
    page["A5"], page["E5"] = "Voirie", "=1/4"
    for column, value in enumerate([cell.value for cell in page[2]], 1):
        page.cell(6, column, value)  # a line copied and pasted in the spreadsheet, hidden mark included
    batch = receive(cast, staff, book)
    told = {row["line"]: row for row in batch.report[0]["rows"]}
    assert [told[n]["kind"] for n in (2, 3, 4, 5, 6)] == ["changed", "same", "refused", "added", "added"]
    assert told[2]["details"] == ["ETP prévus au budget : 0,60 → 0,80"]
    # Written by a program, never computed: it has no value to take, and says so.
    assert "Formule sans valeur calculée" in told[5]["remarks"][0]
    assert "Copie d’une autre ligne" in told[6]["remarks"][0]
    assert state(staff)[0][1]["etp_budget"]["v"] == "0.60"  # nothing before the yes
    services.apply_import(actor=cast.actor("secretaire"), batch=batch)
    after = {row.pk: row for row in Row.objects.kept().filter(sheet=staff)}
    assert after[rows[0].pk].cells["etp_budget"]["v"] == "0.80"
    assert after[rows[2].pk].cells["etp_budget"]["r"] == "beaucoup"  # refused, kept
    assert len(after) == 5
    with pytest.raises(Refused, match="déjà enregistré"):
        services.apply_import(actor=cast.actor("secretaire"), batch=batch)


def test_the_same_file_sent_again_doubles_nothing(cast: Company, staff: SectionSheet, fill: Fill) -> None:
    """Fifteen minutes at a time: the file kept on the desk is completed, and sent again with the lines already sent."""
    fill(staff, STAFF)
    book = export(staff)
    page = book["Personnel"]
    for line in (5, 6):  # two posts that nothing tells apart
        page[f"A{line}"], page[f"E{line}"] = "Agent de voirie", 0.5
    services.apply_import(actor=cast.actor("secretaire"), batch=receive(cast, staff, book))
    assert Row.objects.kept().filter(sheet=staff).count() == 5
    page["A7"] = "Accueil du musée"
    batch = receive(cast, staff, book)
    assert kinds(batch) == ["same"] * 5 + ["added"]
    told = batch.report[0]["rows"]
    assert "à la ligne 4" in told[3]["remarks"][0] and "à la ligne 5" in told[4]["remarks"][0]
    assert not batch.report[0]["notes"], "no line of the inventory is missing from the file"
    services.apply_import(actor=cast.actor("secretaire"), batch=batch)
    assert Row.objects.kept().filter(sheet=staff).count() == 6
    page["E7"] = 0.4
    added = receive(cast, staff, book).report[0]["rows"][-1]
    assert added["kind"] == "added" and "La ligne 6 de l’inventaire porte le même nom" in added["remarks"][0]


def test_a_line_missing_from_the_file_stays(cast: Company, staff: SectionSheet, fill: Fill) -> None:
    fill(staff, STAFF)
    book = export(staff)
    book["Personnel"].delete_rows(3)
    batch = receive(cast, staff, book)
    services.apply_import(actor=cast.actor("secretaire"), batch=batch)
    assert Row.objects.kept().filter(sheet=staff).count() == 3
    assert any("absentes du fichier" in note for note in batch.report[0]["notes"])


@pytest.mark.parametrize(("take_file", "kept"), [(False, "0.70"), (True, "0.80")])
def test_what_another_person_typed_since_is_a_conflict_and_an_untouched_cell_is_not(
    cast: Company, staff: SectionSheet, fill: Fill, change: Change, take_file: bool, kept: str
) -> None:
    rows = fill(staff, STAFF)
    book = export(staff)
    services.apply_changes(
        actor=cast.actor("maire"), sheet=staff,
        changes=[change(rows[0], "etp_budget", "0,7", seen=1), change(rows[2], "mission", "Cantine et ménage", seen=1)],
    )  # fmt: skip
    book["Personnel"]["E2"] = 0.8
    batch = receive(cast, staff, book)
    assert kinds(batch) == ["conflict", "same", "same"]
    assert (
        "le fichier dit « 0,80 », l’inventaire dit maintenant « 0,70 »"
        in batch.report[0]["rows"][0]["details"][0]
    )
    services.apply_import(actor=cast.actor("secretaire"), batch=batch, take_file=take_file)
    assert Row.objects.get(pk=rows[0].pk).cells["etp_budget"]["v"] == kept
    assert Row.objects.get(pk=rows[2].pk).cells["mission"]["v"] == "Cantine et ménage"


def test_a_column_of_names_is_not_read(cast: Company, staff: SectionSheet) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Nom", "Poste ou mission", "Filière", "Catégorie", "Statut", "ETP prévus", "ETP pourvus"])
    page.append(["Durand", "Accueil", "Administrative", "C", "Titulaire", 0.5, 0.5])
    batch = receive(cast, staff, book)
    assert any("jamais de nom" in note for note in batch.report[0]["notes"])
    services.apply_import(actor=cast.actor("secretaire"), batch=batch)
    assert "Durand" not in str(state(staff)) + str(batch.changes)


ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def _zip(parts: dict[str, bytes]) -> BytesIO:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    out.seek(0)
    return out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (BytesIO(b"ceci est un courriel"), "n’est pas un tableur"),
        (BytesIO(b""), "n’est pas un tableur"),
        (_zip({"a.txt": b"x"}), "n’est pas un tableur"),
        (_zip({"xl/workbook.xml": b"<a/>"}), "abîmé"),
        (_zip({"xl/workbook.xml": b"<a/>", "xl/big.bin": b"0" * 64_000_000}), "trop gros"),
        (_zip({"xl/workbook.xml": b"<a/>", "xl/big.bin": b"0" * 5_000_000}), "au-delà de sa taille"),
        (_zip({"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "ce qu’un tableur n’écrit pas"),
        (_zip({f"{n}.xml": b"<a/>" for n in range(400)}), "trop gros"),
        (BytesIO(b"\xd0\xcf\x11\xe0" + b"0" * 600), "ancien tableur"),
        (
            _zip({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
            "un autre document",
        ),
        (_zip({"mimetype": ODS, "content.xml": b"<a"}), "abîmé"),
        (_zip({"mimetype": ODS, "content.xml": b"<a/>"}), "Aucune feuille"),
        (
            _zip({"mimetype": ODS, "content.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
            "ce qu’un tableur n’écrit pas",
        ),
        (
            _zip({"mimetype": ODS, "content.xml": b"<a/>", "META-INF/manifest.xml": b"<encryption-data/>"}),
            "mot de passe",
        ),
    ],
)
def test_a_bad_file_says_why_and_changes_nothing(
    cast: Company, staff: SectionSheet, content: BytesIO, words: str
) -> None:
    content.seek(0)
    with pytest.raises(Problem, match=words):
        services.receive_import(actor=cast.actor("secretaire"), inventory=staff.inventory, file=content)
    assert not ImportBatch.objects.exists()


def test_another_commune_cannot_send_a_file_nor_see_one(
    cast: Company, staff: SectionSheet, fill: Fill
) -> None:
    fill(staff, STAFF)
    with pytest.raises(Refused):
        receive(cast, staff, export(staff), slug="secretaire-b")
    batch = receive(cast, staff, export(staff))
    for slug in ("maire-b", "secretaire-b", "cheffe-de-projet", "agent"):
        assert not ImportBatch.objects.visible_to(cast.actor(slug)).filter(pk=batch.pk).exists()


def test_the_page_refuses_a_file_that_is_too_heavy_before_reading_it(
    client_for: Any, staff: SectionSheet
) -> None:
    heavy = SimpleUploadedFile("inventaire.xlsx", b"0" * (5 * 1024 * 1024 + 1))
    answer = client_for("secretaire").post(f"/inventaires/{staff.inventory_id}/tableur/", {"file": heavy})
    assert answer.status_code == 400
    assert "cinq au plus" in answer.content.decode()


def test_the_road_of_a_file_through_the_screens(client_for: Any, staff: SectionSheet, fill: Fill) -> None:
    fill(staff, STAFF)
    client = client_for("secretaire")
    answer = client.get(f"/inventaires/{staff.inventory_id}/tableur.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="inventaire-saint-cirgue.xlsx"'
    sent = SimpleUploadedFile("inventaire.xlsx", answer.content)
    answer = client.post(f"/inventaires/{staff.inventory_id}/tableur/", {"file": sent}, follow=True)
    assert "Ce tableur ne change rien" in answer.content.decode()


def test_a_file_with_a_line_to_correct_opens_where_the_line_is(
    cast: Company, client_for: Any, staff: SectionSheet, fill: Fill
) -> None:
    fill(staff, STAFF)
    book = export(staff)
    heads = [cell.value for cell in book["Personnel"][1]]
    book["Personnel"].cell(2, heads.index("ETP prévus") + 1).value = "vingt"
    out = BytesIO()
    book.save(out)
    batch = send(cast, staff, out.getvalue())
    answer = client_for("secretaire").post(f"/inventaires/tableur/{batch.pk}/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/inventaires/{staff.inventory_id}/{staff.spec.slug}/"
    assert "à revoir dans « Personnel »" in answer.content.decode().replace("\xa0", " ")


def test_a_computed_formula_gives_its_value_only(cast: Company, staff: SectionSheet) -> None:
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("Personnel")
    for index, head in enumerate(["Poste ou mission", "ETP prévus"]):
        page.write_string(0, index, head)
    page.write_string(1, 0, "Cantine")
    page.write_formula(1, 1, "=17.5/35", None, 0.5)
    book.close()
    out.seek(0)
    batch = services.receive_import(actor=cast.actor("secretaire"), inventory=staff.inventory, file=out)
    assert "Formule remplacée par sa valeur" in batch.report[0]["rows"][0]["remarks"][0]
    services.apply_import(actor=cast.actor("secretaire"), batch=batch)
    assert Row.objects.get(sheet=staff).cells["etp_budget"]["v"] == "0.50"


def _ods(rows: str, *, title: str = "Personnel") -> bytes:
    """An .ods file with one sheet made of these rows."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name='{title}'>{rows}"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return _zip({"mimetype": ODS, "content.xml": content.encode()}).getvalue()


def _cells(*texts: str) -> str:
    return "<table:table-row>" + "".join(
        f"<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>" for text in texts
    ) + "</table:table-row>"  # fmt: skip


HEADS = _cells("Poste ou mission", "Filière", "Catégorie", "Statut", "ETP prévus", "ETP pourvus")


def test_a_repeated_column_or_line_is_a_bomb_that_does_not_go_off(cast: Company, staff: SectionSheet) -> None:
    line = (
        "<table:table-row table:number-rows-repeated='1000000'><table:table-cell office:value-type='string'><text:p>A</text:p>"
        "</table:table-cell><table:table-cell table:number-columns-repeated='1000000' office:value-type='float' office:value='1'/>"
        "</table:table-row>"
    )
    batch = send(cast, staff, _ods(HEADS + line))
    assert len(batch.report[0]["rows"]) == 2000
    assert any("Au-delà de 2000 lignes" in note for note in batch.report[0]["notes"])
    empty = (
        "<table:table-row table:number-rows-repeated='1040000'><table:table-cell table:number-columns-repeated='16384'/>"
        "</table:table-row>"
    )
    assert kinds(send(cast, staff, _ods(HEADS + _cells("Accueil") + empty))) == ["added"]
    deep = "<text:span>" * 20_000 + "</text:span>" * 20_000
    with pytest.raises(Problem, match="abîmé"):
        send(cast, staff, _ods(HEADS + _cells(deep)))


def test_an_ods_formula_gives_its_value_only_and_its_links_nothing(
    cast: Company, staff: SectionSheet
) -> None:
    line = (
        "<table:table-row><table:table-cell office:value-type='string'><text:p>Cantine <text:a>scolaire</text:a></text:p>"
        "<office:annotation><text:p>secret</text:p></office:annotation></table:table-cell>"
        "<table:table-cell table:number-columns-repeated='3'/>"
        "<table:table-cell table:formula=\"of:='file:///etc/passwd'#$A.A1\" office:value-type='float' office:value='0.5'/>"
        "<table:table-cell table:formula='of:=1/4'/></table:table-row>"
    )
    batch = send(cast, staff, _ods(HEADS + line))
    row = batch.report[0]["rows"][0]
    assert row["name"] == "Cantine scolaire" and "ETP prévus au budget : 0,50" in row["details"]
    assert "Formule remplacée" in row["remarks"][0] and "Formule sans valeur" in row["remarks"][1]
    assert "passwd" not in str(batch.changes) and "secret" not in str(batch.changes)


def test_a_text_that_is_too_long_is_not_cut_in_silence(cast: Company, staff: SectionSheet) -> None:
    for count, told in ((KEPT, 0), (KEPT + 1, 1)):
        batch = send(cast, staff, _ods(HEADS + _cells("m" * count)))
        row = batch.report[0]["rows"][0]
        assert sum("Texte trop long" in remark for remark in row["remarks"]) == told
        assert "m" * KEPT in str(batch.changes) and "m" * (KEPT + 1) not in str(batch.changes)


def test_merged_cells_are_refused_with_what_to_do(cast: Company, staff: SectionSheet, fill: Fill) -> None:
    fill(staff, STAFF)
    book = export(staff)
    book["Personnel"].merge_cells("A2:A3")
    with pytest.raises(Problem, match="Défusionnez-les"):
        receive(cast, staff, book)
    joined = "<table:table-row><table:table-cell table:number-columns-spanned='2'/><table:covered-table-cell/></table:table-row>"
    with pytest.raises(Problem, match="Défusionnez-les"):
        send(cast, staff, _ods(HEADS + _cells("Accueil") + joined))


def test_moved_extra_and_renamed_are_taken_for_what_they_are(
    cast: Company, staff: SectionSheet, fill: Fill
) -> None:
    fill(staff, STAFF)
    book = export(staff)
    page = book["Personnel"]
    page.insert_cols(1)
    page["A1"], page["A2"] = "Remarque", "à voir"
    page.title = "Mes agents"
    book.create_sheet("Brouillon").append(["tout autre chose"])
    batch = receive(cast, staff, book)
    assert kinds(batch) == ["same"] * 3
    assert [note for note in batch.report[0]["notes"] if "n’" in note] == [
        "La colonne « Remarque » n’est pas connue : elle n’a pas été lue.",
        "La feuille « Brouillon » n’est pas une section de l’inventaire : elle n’a pas été lue.",
    ]


def test_a_file_of_another_commune_or_section_is_told(
    cast: Company, staff: SectionSheet, sheet_of: SheetOf, fill: Fill
) -> None:
    fill(staff, STAFF)
    other = SectionSheet.objects.for_screen().get(
        section="staff", inventory__authority=cast.commune_b, inventory__campaign=staff.inventory.campaign
    )
    for kind in ("xlsx", "ods"):
        content = exports.workbook(other.inventory, [(other.spec, [])], kind)
        with pytest.raises(Problem, match="inventaire d’une autre commune"):
            send(cast, staff, content)
    assert not ImportBatch.objects.exists()
    # A sheet of equipment renamed « Personnel » is still equipment.
    book = export(sheet_of("equipment"))
    book["Matériel"].title = "Personnel"
    assert [part["section"] for part in receive(cast, staff, book).report] == ["equipment"]


def _converted(content: bytes, kind: str, to: str, folder: Path) -> bytes:
    source = folder / f"inventaire.{kind}"
    source.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(folder / to), str(source)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / to / f"inventaire.{to}").read_bytes()


@pytest.mark.office
@pytest.mark.parametrize(("kind", "to"), [("xlsx", "ods"), ("ods", "xlsx")])
def test_saved_under_the_other_format_by_libreoffice_nothing_changes(
    cast: Company, sheet_of: SheetOf, fill: Fill, tmp_path: Path, kind: str, to: str
) -> None:
    pairs = []
    for section in SECTIONS:
        sheet = sheet_of(section)
        pairs.append((sheet.spec, fill(sheet, STAFF if section == "staff" else full(sheet))))
    content = exports.workbook(sheet.inventory, pairs, kind)
    back = _converted(content, kind, to, tmp_path)
    batch = send(cast, sheet, back)
    assert {part["section"] for part in batch.report} == set(SECTIONS)
    assert [part["notes"] for part in batch.report if part["notes"]] == []
    assert set(kinds(batch)) == {"same"}, [
        row for part in batch.report for row in part["rows"] if row["kind"] != "same"
    ]
    if to == "xlsx":
        rules = openpyxl.load_workbook(BytesIO(back))["Personnel"].data_validations.dataValidation
        assert any("Administrative" in str(rule.formula1) for rule in rules)
