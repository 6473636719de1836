"""What a reader gets in LibreOffice: contents that tell the truth, no empty page, no heading left alone."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from mosaique.kernel.docgen import render
from mosaique.kernel.docgen.flow import build
from mosaique.kernel.docgen.model import Document
from mosaique.kernel.docgen.paginate import paginate

from .sample import report

pytestmark = pytest.mark.office

DOCUMENTS = {
    "petit": lambda: report(3, sheets=0, prose=1, across=False),
    "moyen": lambda: report(19),
    "long": lambda: report(48, sheets=9, prose=4),
    "tres-grand": lambda: report(158, sheets=4, prose=2),
    "sans-couverture": lambda: replace(report(19, prose=3), cover=None),
}


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def office_pages(document: Document, fmt: str, folder: Path) -> list[str]:
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        pytest.fail(
            "LibreOffice et poppler manquent : apt-get install libreoffice-writer-nogui poppler-utils"
        )
    source = folder / f"document.{fmt}"
    source.write_bytes(render(document, fmt))  # type: ignore[arg-type]
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profil", "--headless", "--convert-to", "pdf"]
        + ["--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    text = subprocess.run(
        ["pdftotext", "-layout", str(folder / "document.pdf"), "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return text.split("\f")[:-1]


def body(page: str) -> list[str]:
    """The page's lines without its running head and foot."""
    lines = [squeeze(line).strip() for line in page.splitlines() if line.strip()]
    return [
        line
        for line in lines
        if not re.match(
            r"(Communauté de communes .* Rapport et projet|Version 3, figée|Code 7f3a|\d+$)", line
        )
    ]


@pytest.mark.parametrize("fmt", ["docx", "odt"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_contents_tell_the_truth(name, fmt, tmp_path):
    document = DOCUMENTS[name]()
    pages = office_pages(document, fmt, tmp_path)
    flow = build(document)
    paginate(flow, first_page=2 if document.cover else 1)
    contents = next(n for n, page in enumerate(pages) if "Contenu" in page)
    printed = squeeze(" ".join(pages[contents : contents + 2]))
    for entry in flow.contents:
        title = squeeze(entry.text)
        assert title in squeeze(pages[entry.page - 1]), f"{title} : {entry.page}"
        assert re.search(re.escape(title) + r" ?[. ]*" + str(entry.page) + r"\b", printed), title
    for number, page in enumerate(pages, 1):
        lines = body(page)
        assert lines, f"page {number} vide"
        last = lines[-1]
        assert last not in {squeeze(e.text) for e in flow.contents}, f"titre seul en bas de la page {number}"
        assert not re.match(r"(Tableau \d+\.|Unité :|Année :)", last), f"titre de tableau seul, page {number}"
        # The printed number is the page's own.
        if number > 1 or document.cover is None:
            assert (
                re.search(rf"(?m)\s{number}$", page.rstrip())
                or page.rstrip().endswith(str(number))
                or (f" {number}\n" in page)
            ), f"page {number}"
