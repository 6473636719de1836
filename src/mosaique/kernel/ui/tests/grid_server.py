"""A tiny server that speaks the grid protocol: it can be killed, come back, refuse, sign out, and be edited by another."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

STATIC = Path(__file__).resolve().parents[1] / "static" / "ui"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
CHOICES = ["Administrative", "Technique", "Sociale", "Culturelle"]
HELP = ' data-h="Équivalent temps plein, avec deux décimales."'
CSP = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'"


@dataclass
class Cell:
    value: str = ""
    unknown: str | None = None
    version: int = 0


@dataclass
class Store:
    """The truth, as the server knows it."""

    rows: dict[str, dict[str, Cell]] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    seen: dict[str, dict[str, Any]] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    requests: list[list[dict[str, Any]]] = field(default_factory=list)
    posted: dict[str, list[str]] = field(default_factory=dict)
    status: int = 200
    # Other pages to look at, by path.
    pages: dict[str, str] = field(default_factory=dict)

    def fill(self, count: int) -> None:
        for number in range(1, count + 1):
            cells = {"poste": Cell(f"Poste {number}"), "filiere": Cell("technique"), "etp": Cell("1,00")}
            self.rows[str(number)] = cells | {"depart": Cell()}

    def apply(self, change: dict[str, Any]) -> dict[str, Any]:
        if change["id"] in self.seen:
            return self.seen[change["id"]]
        result = self._apply(change)
        if result["status"] == "saved":
            self.seen[change["id"]] = result
        return result

    def _apply(self, change: dict[str, Any]) -> dict[str, Any]:
        row = self.renamed.get(change["row"], change["row"])
        answer = {"id": change["id"], "row": row, "col": change["col"], "status": "saved"}
        if change["op"] == "add":
            number = str(len(self.rows) + 1001)
            self.renamed[change["row"]] = number
            self.rows[number] = {name: Cell() for name in ("poste", "filiere", "etp", "depart")}
            return answer | {"row": number}
        if row not in self.rows:
            return answer | {"status": "refused", "reason": "Cette ligne a été retirée entre-temps."}
        if change["op"] == "remove":
            self.removed.add(row)
            return answer
        if change["op"] == "restore":
            self.removed.discard(row)
            return answer
        cell = self.rows[row][change["col"]]
        if change["seen"] != cell.version:
            return answer | {"status": "conflict", "version": cell.version, "theirs": cell.value}
        value = change["value"] or ""
        if change["col"] == "etp" and value:
            number = float(value.replace(",", ".").replace(" ", ""))
            if number > 10:
                return answer | {
                    "status": "refused",
                    "reason": "35 ETP pour un seul poste : avez-vous saisi des heures ?",
                    "offers": [["Mettre 1,00", "1,00"], ["C’est bien 9", "9"]],
                }
            value = f"{number:.2f}".replace(".", ",")
        cell.value, cell.unknown = value, change["unknown"]
        cell.version += 1
        return answer | {"version": cell.version, "value": value}

    def total(self) -> str:
        values = [row["etp"].value for key, row in self.rows.items() if key not in self.removed]
        return f"{sum(float(v.replace(',', '.')) for v in values if v):.2f}".replace(".", ",")


def row_html(key: str, number: str, cells: dict[str, Cell]) -> str:
    def text(col: str, label: str, css: str, kind: str) -> str:
        cell = cells[col]
        return (
            f'<td class="{css}" data-l="{label}"{HELP if col == "etp" else ""}>'
            f'<input name="r-{key}-{col}" data-col="{col}" data-kind="{kind}" '
            f'data-v="{cell.version}" value="{"Ne sait pas" if cell.unknown else cell.value}" aria-label="{label}, ligne {number}"'
            f"{' aria-describedby=b7-h-etp' if col == 'etp' else ''}"
            f"{' data-inconnu=' + cell.unknown if cell.unknown else ''}{' class=num' if kind == 'etp' else ''}></td>"
        )

    options = "".join(
        f'<option value="{name.lower()}"{" selected" if cells["filiere"].value == name.lower() else ""}>{name}</option>'
        for name in CHOICES
    )
    select = (
        f'<td class="l6" data-l="Filière"><select name="r-{key}-filiere" data-col="filiere" data-kind="choice" '
        f'data-v="{cells["filiere"].version}" aria-label="Filière, ligne {number}"><option value=""></option>{options}'
        '<option value="?" data-inconnu="inconnu">Ne sait pas</option></select></td>'
    )
    return (
        f'<tr data-row="{key}"><th scope="row">{number}</th>{text("poste", "Poste ou mission", "tout", "text")}{select}'
        f"{text('etp', 'ETP', 'l3', 'etp')}{text('depart', 'Départ', 'l3', 'text')}"
        f'<td class="poub"><button class="oter" type="submit" name="retirer" value="{key}" '
        f'aria-label="Retirer la ligne {number}"><svg class="ic" viewBox="0 0 24 24" aria-hidden="true">'
        '<use href="/static/ui/sprite.svg#i-non"/></svg></button></td></tr>'
    )


def page_html(store: Store) -> str:
    shown = [(key, cells) for key, cells in store.rows.items() if key not in store.removed]
    body = "".join(row_html(key, str(number), cells) for number, (key, cells) in enumerate(shown, 1))
    blank = row_html("__row__", "__n__", {name: Cell() for name in ("poste", "filiere", "etp", "depart")})
    return f"""<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Grille</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/ui/app.css"></head>
<body data-personne="12" data-sprite="/static/ui/sprite.svg" data-connexion="/connexion/"><main id="contenu"><div class="large">
<h1>Les postes</h1>
<button class="vh" type="submit" form="f7" tabindex="-1" data-entree>Enregistrer le tableau</button>
<form method="post" action="/formulaire/" id="f7"><input type="hidden" name="csrfmiddlewaretoken" value="jeton">
<div class="outils"><h2>Les postes de la commune</h2><p role="status" class="etat e-vide" data-grille-etat="b7"><span></span></p></div>
<details class="plier"><summary>Ce que demande chaque colonne</summary><dl class="definitions"><div><dt>ETP</dt>
<dd id="b7-h-etp">Équivalent temps plein, avec deux décimales.</dd></div></dl></details>
<div class="grille-cadre"><table class="grille" data-grille="b7" data-url="/grille/" data-version="1">
<caption class="vh">Postes</caption><colgroup><col class="g-n"><col><col class="g-fil"><col class="g-etp"><col class="g-ret">
<col class="g-x"></colgroup><thead><tr><th scope="col"><span class="vh">Ligne</span></th><th scope="col">Poste ou mission</th>
<th scope="col">Filière</th><th scope="col" class="num">ETP</th><th scope="col">Départ</th>
<th scope="col"><span class="vh">Retirer</span></th></tr></thead><tbody>{body}</tbody>
<tfoot><tr><td class="rien"></td><td colspan="2">Total</td><td class="num" data-l="ETP" data-total="etp">{store.total()}</td>
<td colspan="2" class="rien"></td></tr></tfoot></table></div>
<template id="b7-ligne">{blank}</template>
<button class="ajouter" type="submit" name="ajouter" value="1" data-ajouter="b7">Ajouter un poste</button>
<p><button class="btn" type="submit" data-sans-script>Enregistrer le tableau</button></p></form></div></main>
<script src="/static/ui/app.js" defer></script><script src="/static/ui/grille.js" defer></script></body></html>"""


class GridServer:
    """Starts, dies and starts again on the same port, with the same store."""

    def __init__(self, rows: int = 6) -> None:
        self.store = Store()
        self.store.fill(rows)
        self.port = 0
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        store = self.store

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args: Any) -> None:
                return

            def reply(self, status: int, kind: str, body: bytes, age: int = 0) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Content-Security-Policy", CSP)
                self.send_header("Cache-Control", f"max-age={age}")
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self) -> None:
                if self.path.startswith("/static/ui/"):
                    path = STATIC / self.path.removeprefix("/static/ui/")
                    self.reply(200, TYPES.get(path.suffix, "text/plain"), path.read_bytes(), age=3600)
                elif self.path == "/":
                    self.reply(200, "text/html; charset=utf-8", page_html(store).encode())
                elif self.path in store.pages:
                    self.reply(200, "text/html; charset=utf-8", store.pages[self.path].encode())
                else:
                    self.reply(404, "text/plain", b"")

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path == "/formulaire/":
                    store.posted = parse_qs(body.decode(), keep_blank_values=True)
                    self.reply(200, "text/html; charset=utf-8", "<!doctype html><title>Reçu</title>".encode())
                    return
                if store.status != 200 or self.headers["X-CSRFToken"] != "jeton":
                    self.reply(store.status if store.status != 200 else 403, "text/html", b"")
                    return
                changes = json.loads(body)["changes"]
                store.requests.append(changes)
                results = [store.apply(change) for change in changes]
                answer = {"results": results, "saved_at": "10 h 42", "totals": {"etp": store.total()}}
                self.reply(200, "application/json", json.dumps(answer).encode())

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            allow_reuse_address = True

        self.server = Server(("127.0.0.1", self.port), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self.thread.start()

    def kill(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
