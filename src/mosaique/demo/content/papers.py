"""Two small documents joined to messages, real files with invented content that says so. Written by hand: a library to make
them would take longer to load than all the debates to play."""

import io
import zipfile

_FICTION = "Document fictif de démonstration"


def pdf(title: str, lines: tuple[str, ...]) -> bytes:
    """One page of plain text."""
    shown = [title, _FICTION, "", *lines]
    words = "".join(f"({line.translate({40: '[', 41: ']', 92: '/'})}) Tj T* " for line in shown)
    content = f"BT /F1 12 Tf 60 780 Td 20 TL {words}ET".encode("cp1252", "replace")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (fr-FR) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length " + str(len(content)).encode() + b" >>\nstream\n" + content + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += str(number).encode() + b" 0 obj\n" + part + b"\nendobj\n"
    table = b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    trailer = f"trailer << /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()
    return out + b"xref\n0 " + str(len(parts) + 1).encode() + b"\n0000000000 65535 f \n" + table + trailer


def ods(title: str, rows: tuple[tuple[str, ...], ...]) -> bytes:
    """One sheet of plain text."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in ((title,), (_FICTION,), *rows)
    )
    name = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{name}:office:1.0" '
        f'xmlns:table="{name}:table:1.0" xmlns:text="{name}:text:1.0" office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="Feuille">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{name}:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


PAPERS: dict[str, bytes] = {
    "liste-de-controle.pdf": pdf(
        "Liste de contrôle d’un dossier de permis",
        ("1. Le formulaire est signé.", "2. Le plan de situation est joint.", "3. Le plan de masse est coté.",
         "4. La notice décrit les matériaux.", "5. Le récépissé est remis le jour même."),
    ),
    "temps-passe.ods": ods(
        "Temps passé par dossier, en minutes",
        (("Étape", "Aujourd’hui", "Avec une seule saisie"), ("Enregistrer", "20", "8"), ("Demander les pièces", "35", "15"),
         ("Préparer l’arrêté", "25", "20")),
    ),
}  # fmt: skip
