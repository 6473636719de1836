"""Files as they come: encodings, separators, address books, cards, and what is not a list."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest

from mosaique.accounts import contacts
from mosaique.accounts.contacts import Unreadable, guess, read, signature

LIST = "Prénom;Nom;Courriel;Commune;Fonction\nHélène;Besson;helene@exemple.fr;Trébas;Maire\n"


def cells(content: bytes) -> list[list[str]]:
    return [line.cells for line in read(content).lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_every_encoding_and_separator_gives_the_same_line(encoding: str, sign: str) -> None:
    table = read(LIST.replace(";", sign).encode(encoding))
    assert table.columns == ["Prénom", "Nom", "Courriel", "Commune", "Fonction"]
    assert table.lines[0].cells == ["Hélène", "Besson", "helene@exemple.fr", "Trébas", "Maire"]
    assert guess(table) == ["given", "family", "email", "body", "role"] and table.lines[0].number == 2


def test_quoted_cells_with_line_breaks_and_signs_inside() -> None:
    text = 'sep=;\r\nNom;Prénom;Courriel;Notes\r\n"Besson;Roux";"Hé""lène";h@exemple.fr;"deux\r\nlignes"\r\nNadal;Paul;p@exemple.fr;\r\n'
    assert cells(text.encode("cp1252")) == [
        ["Besson;Roux", 'Hé"lène', "h@exemple.fr", "deux lignes"], ["Nadal", "Paul", "p@exemple.fr", ""],
    ]  # fmt: skip


def test_accents_broken_on_the_way_are_mended_and_said() -> None:
    table = read(LIST.encode("utf-8").decode("cp1252").encode("utf-8"))
    assert table.lines[0].cells[0] == "Hélène" and table.columns[0] == "Prénom"
    assert "rétablis" in table.notes[0]


def test_an_outlook_export_keeps_its_filled_columns_and_its_civility_is_no_title() -> None:
    heads = [
        "Titre",
        "Prénom",
        "Nom",
        "Société",
        "Fonction",
        "Bureau - Ville",
        "Adresse de messagerie",
        "Adresse de messagerie 2",
    ]
    text = (
        ",".join(f'"{head}"' for head in heads)
        + '\n"Mme","Odile","Rey","Mairie de Trébas","1re adjointe","","odile@exemple.fr",""\n'
    )
    table = read(text.encode("cp1252"))
    assert table.columns == ["Titre", "Prénom", "Nom", "Société", "Fonction", "Adresse de messagerie"]
    assert guess(table) == ["", "given", "family", "body", "role", "email"]


@pytest.mark.parametrize(
    "heads",
    [
        "First Name,Last Name,Display Name,Primary Email,Organization,Job Title",  # Thunderbird
        "First Name,Last Name,Labels,E-mail 1 - Value,Organization Name,Organization Title",  # Google
    ],
)
def test_address_books_in_english(heads: str) -> None:
    table = read(
        (heads + "\nOdile,Rey,Odile Rey,odile@exemple.fr ::: autre@exemple.fr,Trébas,Maire\n").encode()
    )
    found = guess(table)
    assert [found[n] for n in (0, 1, 3, 4, 5)] == ["given", "family", "email", "body", "role"] and found[
        2
    ] == ""
    assert table.lines[0].cells[3] == "odile@exemple.fr"


def test_without_a_header_columns_are_guessed_by_what_they_hold() -> None:
    table = read(
        b"Odile Rey;odile@exemple.fr;Mairie de Trebas;Maire\nPaul Nadal;p@exemple.fr;Saussenac;Adjoint\n"
    )
    assert not table.headed and table.columns[0] == "Colonne A" and len(table.lines) == 2
    assert guess(table, {"trebas", "saussenac"}) == ["name", "email", "body", "role"]


V21 = """BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Besson;H=C3=A9l=C3=A8ne\r\nFN:x\r
EMAIL;INTERNET:a@exemple.fr\r\nEMAIL;INTERNET;PREF:b@exemple.fr\r
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Mairie de Tr=C3=A9bas;Accueil=\r\n du public\r\nTITLE:Maire\r\nEND:VCARD\r\n"""
V30 = """BEGIN:VCARD\r\nVERSION:3.0\r\nN:Besson;Hélène;;;\r\nFN:Hélène Besson\r\nEMAIL;TYPE=INTERNET:a@exemple.fr\r
EMAIL;TYPE=INTERNET,pref:b@exemple.fr\r\nORG:Mairie de Trébas\r\nTITLE:Maire\r\nROLE:Élue\r\nEND:VCARD\r\n"""
V40 = """BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Hélène Besson\r\nEMAIL;PREF=2:a@exemple.fr\r\nEMAIL;PREF=1:b@exemple.fr\r
ORG:Mairie de Trébas\r\nROLE:Maire\r\nEND:VCARD\r\n"""


@pytest.mark.parametrize("card", [V21, V30, V40, V40.replace("PREF=2", f"PREF={'9' * 5000}")])
def test_cards_of_each_version(card: str) -> None:
    table = read(card.encode())
    assert table.lines[0].cells[:5] == ["Hélène", "Besson", "b@exemple.fr", "Mairie de Trébas", "Maire"]
    assert "b@exemple.fr est retenue, celle que la fiche préfère" in table.lines[0].notes[0]
    assert guess(table)[:5] == ["given", "family", "email", "body", "role"]


def test_a_broken_card_does_not_hide_the_others() -> None:
    table = read((V30 + "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Paul Nadal\r\nN\r\nEND:VCARD\r\n" + V40).encode())
    assert len(table.lines) == 3 and table.lines[1].cells[:2] == ["Paul", "Nadal"]


def xlsx(*rows: list[Any], title: str = "Feuille1") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_spreadsheet_with_a_title_a_formula_and_a_date() -> None:
    from datetime import date

    table = read(
        xlsx(
            ["Liste des maires"],
            [],
            ["Nom", "Prénom", "Courriel", "Fin"],
            ["Rey", "Odile", "=A4", date(2032, 3, 31)],
        )
    )
    assert table.columns == ["Nom", "Prénom", "Fin"], "a formula without a value leaves nothing"
    assert table.lines[0].cells == ["Rey", "Odile", "31/03/2032"] and table.lines[0].number == 4
    assert "n’a pas de valeur calculée" in table.lines[0].notes[0]


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="Maires">
<table:table-row><table:table-cell><text:p>Nom</text:p></table:table-cell><table:table-cell><text:p>Prénom</text:p></table:table-cell>
<table:table-cell><text:p>Fin</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>Rey</text:p></table:table-cell><table:table-cell><text:p>Odile</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2032-03-31"><text:p>31/03/32</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="16381"/></table:table-row>
<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def zipped(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return out.getvalue()


def test_an_ods_whose_empty_rows_are_a_million_is_read_at_once() -> None:
    table = read(zipped(content_xml=ODS))
    assert (
        table.kind == "ods"
        and table.lines[0].cells == ["Rey", "Odile", "2032-03-31"]
        and len(table.lines) == 1
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"  \n ", "est vide"),
        (b"%PDF-1.7 ...", "un PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "avant 2007"),
        (b"PK\x03\x04abime", "abîmé"),
        (b"Bonjour,\nvoici la liste promise.\n", "ne ressemble pas à une liste"),
        (bytes(range(256)) * 4, "n’est pas une liste"),
        (zipped(word__document_xml="<x/>"), "n’est pas un tableur"),
        (zipped(content_xml="<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"), "n’écrit pas"),
        (zipped(content_xml="<coupé"), "abîmé"),
        (b"Nom;Prenom;Courriel\n", "aucune ligne"),
        (b"Nom;Prenom;Courriel\n" + b"a;b;c@exemple.fr\n" * 10_000, "10.000 lignes"),
        (b"Nom;Prenom\n" + b"a;b\n" * 60_000, "Plus de 50.000 lignes"),
        (zipped(content_xml="<?xml version='1.0'?><!--" + "x" * 9000 + "--><!DOCTYPE x [<!ENTITY a 'b'>]><x/>"), "n’écrit pas"),
        (b"x" * (contacts.MAX_BYTES + 1), "cinq au plus"),
        (b"BEGIN:VCARD\nFN:Odile", "coupée"),
    ],
)  # fmt: skip
def test_what_is_not_a_list_says_what_it_is(content: bytes, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        read(content)


def test_the_same_columns_in_another_order_are_the_same_file() -> None:
    one, other = read(LIST.encode()), read(b"Nom;Prenom;Fonction;Commune;COURRIEL\nA;B;C;D;e@exemple.fr\n")
    assert signature(one) == signature(other) != signature(read(b"Nom;Prenom;Courriel\nA;B;e@exemple.fr\n"))
