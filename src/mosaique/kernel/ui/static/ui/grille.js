(()=>{"use strict";
const DEFAULT_REASONS = [
["inconnu", "Ne sait pas"],
["non_concerne", "Non concerné"],
["refuse", "Ne souhaite pas répondre"],
["non_communique", "Non communiqué"],
];
function uuid() {
if (crypto.randomUUID) return crypto.randomUUID();
const bytes = crypto.getRandomValues(new Uint8Array(16));
bytes[6] = (bytes[6] & 15) | 64;
bytes[8] = (bytes[8] & 63) | 128;
const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
function plain(text) {
return String(text ?? "").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[’']/g, "'").replace(/\s+/g, " ").trim().toLowerCase();
}
function readCell(control) {
if (control.tagName === "SELECT") {
const option = control.selectedOptions[0];
if (!option) return { value: "", unknown: null };
if (option.dataset.inconnu) return { value: null, unknown: option.dataset.inconnu };
return { value: option.value, unknown: null };
}
if (control.type === "checkbox") return { value: control.checked ? "oui" : "non", unknown: null };
if (control.dataset.inconnu) return { value: null, unknown: control.dataset.inconnu };
return { value: control.value.trim(), unknown: null };
}
function sameCell(a, b) {
return (a.value ?? "") === (b.value ?? "") && (a.unknown ?? null) === (b.unknown ?? null);
}
function writeCell(control, cell, reasons) {
const label = cell.unknown ? reasonLabel(cell.unknown, reasons) : "";
if (control.tagName === "SELECT") writeChoice(control, cell, label);
else if (control.type === "checkbox") control.checked = cell.value === "oui";
else {
control.value = cell.unknown ? label : (cell.value ?? "");
if (cell.unknown) control.dataset.inconnu = cell.unknown;
else delete control.dataset.inconnu;
}
control.classList.toggle("nsp", Boolean(cell.unknown));
}
function writeChoice(select, cell, label) {
for (const stray of select.querySelectorAll("option[data-intrus]")) stray.remove();
const options = [...select.options];
let option = cell.unknown
? options.find((one) => one.dataset.inconnu === cell.unknown)
: options.find((one) => one.value === (cell.value ?? "") && !one.dataset.inconnu);
if (!option) {
option = new Option(cell.unknown ? label : cell.value, cell.value ?? "");
option.dataset.intrus = "1";
if (cell.unknown) option.dataset.inconnu = cell.unknown;
select.add(option);
}
option.selected = true;
}
function reasonLabel(code, reasons) {
const found = reasons.find(([key]) => key === code);
return found ? found[1] : code;
}
function cellText(cell, reasons, control = null) {
if (cell.unknown) return reasonLabel(cell.unknown, reasons);
const option = control?.options && [...control.options].find((one) => one.value === cell.value);
return option ? option.label : (cell.value ?? "");
}
const NO_ANSWER = new Set(["?", "ne sait pas", "nsp", "inconnu", "non connu"]);
function matchChoice(select, text) {
const word = plain(text);
const options = [...select.options].filter((option) => !option.dataset.intrus);
if (NO_ANSWER.has(word)) return { cell: { value: null, unknown: "inconnu" } };
const exact = options.find((option) => plain(option.label) === word) ?? options.find((option) => plain(option.value) === word);
const starting = word.length > 2 ? options.filter((option) => plain(option.label).startsWith(word)) : [];
const option = exact ?? (starting.length === 1 ? starting[0] : null);
if (option) return { cell: { value: option.dataset.inconnu ? null : option.value, unknown: option.dataset.inconnu ?? null } };
const labels = options.filter((one) => one.value && !one.dataset.inconnu).map((one) => one.label.trim());
const shown = labels.slice(0, 8).join(", ") + (labels.length > 8 ? "…" : "");
return { reason: `« ${text.trim()} » ne fait pas partie des choix : ${shown}.` };
}
function matchBool(text) {
const word = plain(text);
if (["oui", "o", "vrai", "x", "1", "true"].includes(word)) return { cell: { value: "oui", unknown: null } };
if (["non", "n", "faux", "0", "false", ""].includes(word)) return { cell: { value: "non", unknown: null } };
return { reason: `« ${text.trim()} » n’est ni oui ni non.` };
}
function matchDate(text) {
const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})$/.exec(text.trim());
const iso = parts
? `${parts[3].length === 2 ? "20" + parts[3] : parts[3]}-${parts[2].padStart(2, "0")}-${parts[1].padStart(2, "0")}`
: text.trim();
const day = new Date(iso + "T00:00:00Z");
if (/^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso)) {
return { cell: { value: iso, unknown: null } };
}
return { reason: `« ${text.trim()} » n’est pas une date. Exemple : 04/12/2026.` };
}
function parseTable(text) {
const rows = [];
let row = [];
let i = 0;
const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
while (i <= source.length) {
let cell = "";
if (source[i] === '"' && closes(source, i)) {
i += 1;
while (i < source.length && !(source[i] === '"' && source[i + 1] !== '"')) {
cell += source[i];
i += source[i] === '"' ? 2 : 1;
}
i += 1;
} else {
while (i < source.length && source[i] !== "\t" && source[i] !== "\n") cell += source[i++];
}
row.push(cell);
if (source[i] !== "\t") {
rows.push(row);
row = [];
}
i += 1;
}
return rows;
}
function closes(source, start) {
for (let i = start + 1; i < source.length; i += 1) {
if (source[i] !== '"') continue;
if (source[i + 1] === '"') i += 1;
else return i + 1 === source.length || source[i + 1] === "\t" || source[i + 1] === "\n";
}
return false;
}
function isTable(text) {
const trimmed = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
return trimmed.includes("\t") || trimmed.includes("\n");
}
const PREFIX = "mosaique.g|";
const WINDOW = uuid().slice(0, 8);
class Journal {
constructor(person, grid) {
this.prefix = `${PREFIX}${person}|${grid}|`;
this.entries = new Map();
this.durable = true;
this.next = 1;
}
load() {
try {
for (const key of Object.keys(localStorage)) {
if (!key.startsWith(this.prefix)) continue;
const entry = JSON.parse(localStorage.getItem(key));
this.entries.set(key.slice(this.prefix.length), entry);
this.next = Math.max(this.next, entry.seq + 1);
}
} catch {
this.durable = false;
}
return this.inOrder();
}
inOrder() {
return [...this.entries.values()].sort((a, b) => a.seq - b.seq);
}
static keyOf(entry) {
return entry.op === "set" ? `c|${entry.row}|${entry.col}` : `o|${entry.id}`;
}
get(row, col) {
return this.entries.get(`c|${row}|${col}`);
}
record(change) {
const entry = { id: `${WINDOW}.${uuid()}`, status: "ready", seq: this.next++, ...change };
this.put(entry);
return entry;
}
put(entry) {
const key = Journal.keyOf(entry);
this.entries.set(key, entry);
try {
localStorage.setItem(this.prefix + key, JSON.stringify(entry));
} catch {
this.durable = false;
}
}
drop(entry) {
const key = Journal.keyOf(entry);
if (this.entries.get(key)?.id !== entry.id) return;
this.entries.delete(key);
try {
localStorage.removeItem(this.prefix + key);
} catch {
this.durable = false;
}
}
byId(id) {
for (const entry of this.entries.values()) if (entry.id === id) return entry;
return null;
}
ready() {
return this.inOrder().filter((entry) => entry.status === "ready");
}
waiting() {
let count = 0;
for (const entry of this.entries.values()) if (entry.status === "ready" || entry.status === "draft") count += 1;
return count;
}
renameRow(from, to) {
for (const entry of this.inOrder()) {
if (entry.row !== from) continue;
this.drop(entry);
entry.row = to;
this.put(entry);
}
}
}
const BATCH = 200;
const WAITS = [1, 2, 4, 8, 15, 30];
const TIMEOUT = 20000;
const KEEPALIVE_LIMIT = 60000;
class Sender {
constructor({ url, token, journal, onResults, onState }) {
Object.assign(this, { url, token, journal, onResults, onState });
this.failures = 0;
this.batch = BATCH;
this.inFlight = false;
this.stopped = false;
this.timer = 0;
window.addEventListener("online", () => this.poke(0));
document.addEventListener("visibilitychange", () => {
if (document.visibilityState === "visible") this.poke(0);
});
window.addEventListener("pagehide", () => this.lastChance());
}
poke(delay = 250) {
if (this.stopped) return;
clearTimeout(this.timer);
this.timer = setTimeout(() => this.flush(), delay);
}
body(entries) {
return JSON.stringify({
changes: entries.map(({ id, row, col, op, value, unknown, seen }) => ({
id,
row,
col: col ?? null,
op,
value: value ?? null,
unknown: unknown ?? null,
seen: seen ?? 0,
})),
});
}
options(body) {
return {
method: "POST",
body,
headers: { "Content-Type": "application/json", "X-CSRFToken": this.token(), Accept: "application/json" },
credentials: "same-origin",
redirect: "manual",
};
}
async flush() {
if (this.inFlight || this.stopped) return;
const entries = this.journal.ready().slice(0, this.batch);
if (!entries.length) return;
this.inFlight = true;
let outcome;
try {
const answer = await fetch(this.url, { ...this.options(this.body(entries)), signal: AbortSignal.timeout(TIMEOUT) });
outcome = await this.read(answer, entries);
} catch {
outcome = "lost";
}
this.inFlight = false;
if (outcome === "lost") this.retryLater();
else if (outcome === "more") this.poke(0);
}
async read(answer, entries) {
const json = (answer.headers.get("Content-Type") ?? "").includes("application/json") ? await answer.json() : null;
if ((answer.ok || answer.status === 409) && json && Array.isArray(json.results)) {
this.failures = 0;
this.batch = BATCH;
this.onState({ kind: "online" });
this.onResults(json, entries);
return "more";
}
if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
this.stopped = true;
this.onState({ kind: answer.status === 403 && json?.reason ? "forbidden" : "signedout", reason: json?.reason ?? "" });
return "stop";
}
if (answer.status >= 500 || answer.status === 429 || answer.status === 408 || answer.ok) return "lost";
if (entries.length > 1) {
this.batch = Math.max(1, entries.length >> 1);
return "more";
}
const reason = json?.reason ?? "Le serveur n’a pas pu lire cette saisie.";
this.onResults({ results: [{ id: entries[0].id, status: "refused", reason }] }, entries);
this.batch = BATCH;
return "more";
}
retryLater() {
const seconds = WAITS[Math.min(this.failures, WAITS.length - 1)];
this.failures += 1;
this.onState({ kind: "offline" });
this.poke(seconds * 1000);
}
lastChance() {
const body = this.body(this.journal.ready());
if (this.stopped || this.inFlight || !this.journal.ready().length || body.length > KEEPALIVE_LIMIT) return;
fetch(this.url, { ...this.options(body), keepalive: true }).catch(() => {});
}
}
const DEPTH = 200;
class History {
constructor() {
this.past = [];
this.future = [];
}
add(step) {
this.past.push(step);
if (this.past.length > DEPTH) this.past.shift();
this.future = [];
}
undo() {
const step = this.past.pop();
if (!step) return null;
step.undo();
this.future.push(step);
return step;
}
redo() {
const step = this.future.pop();
if (!step) return null;
step.redo();
this.past.push(step);
return step;
}
}
const WORDS = {
attente: "En attente d’envoi",
enregistre: "Enregistré",
refuse: "Refusé",
conflit: "Deux valeurs : à choisir",
};
function element(tag, attributes = {}, ...children) {
const node = document.createElement(tag);
for (const [name, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(name, value);
node.append(...children);
return node;
}
function icon(name) {
const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
svg.setAttribute("class", "ic");
svg.setAttribute("viewBox", "0 0 24 24");
svg.setAttribute("aria-hidden", "true");
const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
use.setAttribute("href", `${document.body.dataset.sprite ?? "/static/ui/sprite.svg"}#i-${name}`);
svg.append(use);
return svg;
}
class Marks {
constructor(view, grid) {
this.view = view;
this.id = `g-${grid}`;
this.frame = view.table.closest(".grille-cadre") ?? view.table.parentElement;
this.status = document.querySelector(`[data-grille-etat="${CSS.escape(grid)}"]`);
this.problems = new Map();
const words = Object.entries(WORDS).map(([state, text]) => element("span", { id: `${this.id}-${state}` }, text));
this.live = element("p", { class: "vh", role: "status", "aria-live": "polite" });
this.banner = element("div", { class: "grille-bandeau", role: "status" });
this.offered = null;
this.hint = null;
this.frame.before(this.banner);
this.frame.after(element("div", { hidden: "" }, ...words), this.live);
if (view.template?.content.querySelector("td[data-h]")) {
this.hint = element("p", { class: "grille-aide", "aria-hidden": "true" });
this.frame.append(this.hint);
}
}
say(sentence) {
this.live.textContent = this.live.textContent === sentence ? sentence + "\u00a0" : sentence;
}
cell(control, state, reason = "") {
const td = control.closest("td");
if (!("aide" in control.dataset)) control.dataset.aide = control.getAttribute("aria-describedby") ?? "";
if (state) {
td.dataset.s = state;
td.title = reason ? `${WORDS[state]} : ${reason}` : WORDS[state];
} else {
delete td.dataset.s;
td.removeAttribute("title");
}
const wrong = state === "refuse";
control.classList.toggle("faux", wrong);
if (wrong) control.setAttribute("aria-invalid", "true");
else control.removeAttribute("aria-invalid");
const about = state === "refuse" || state === "conflit" ? this.problemId(control) : state ? `${this.id}-${state}` : "";
const described = [control.dataset.aide, about].filter(Boolean).join(" ");
if (described) control.setAttribute("aria-describedby", described);
else control.removeAttribute("aria-describedby");
}
problemId(control) {
return `${this.id}-p-${this.view.rowOf(control).dataset.row}-${control.dataset.col}`;
}
problem(control, state, reason, content) {
const row = this.view.rowOf(control);
const kept = this.problems.get(row) ?? new Map();
kept.set(control.dataset.col, { state, content });
this.problems.set(row, kept);
this.cell(control, state, reason);
this.draw(row);
}
solve(control) {
const row = this.view.rowOf(control);
const kept = this.problems.get(row);
if (kept?.delete(control.dataset.col)) this.draw(row);
else if (!kept) this.serverProblem(row)?.remove();
if (!kept?.size) row.classList.remove("fautif");
}
serverProblem(row) {
const next = row.nextElementSibling;
return next?.classList.contains("erreur") && next.dataset.de === row.dataset.row ? next : null;
}
draw(row) {
this.serverProblem(row)?.remove();
const kept = this.problems.get(row);
row.classList.toggle("fautif", Boolean(kept?.size));
if (!kept?.size) {
this.problems.delete(row);
return;
}
const onlyConflicts = [...kept.values()].every(({ state }) => state === "conflit");
const cell = element("td", { colspan: row.cells.length }, ...[...kept.values()].flatMap(({ content }) => content));
row.after(element("tr", { class: onlyConflicts ? "erreur deux-valeurs" : "erreur", "data-de": row.dataset.row }, cell));
}
forget(row) {
this.serverProblem(row)?.remove();
this.problems.delete(row);
row.classList.remove("fautif");
}
whole({ waiting, refused, savedAt }) {
if (!this.status) return;
const cases = (n) => `${n}\u00a0case${n > 1 ? "s" : ""}`;
let [css, picture, text] = ["e-vide", "", ""];
if (waiting) [css, picture, text] = ["e-attend", "att", `En attente, ${cases(waiting)}`];
else if (refused) [css, picture, text] = ["e-non", "non", `À revoir, ${cases(refused)}`];
else if (savedAt) [css, picture, text] = ["e-fait", "ok", `Enregistré à ${savedAt}`];
else return;
if (this.status.dataset.dit === text) return;
this.status.dataset.dit = text;
this.status.className = `etat ${css}`;
this.status.replaceChildren(icon(picture), element("span", {}, text));
}
showBanner(kind, picture, title, ...lines) {
if (this.banner.dataset.dit === title + lines.map((line) => line.textContent ?? line).join()) return;
this.banner.dataset.dit = title + lines.map((line) => line.textContent ?? line).join();
const text = element("div", {}, element("h3", {}, title), ...lines.map((line) => element("p", {}, line)));
this.banner.replaceChildren(element("div", { class: `message ${kind}` }, icon(picture), text));
}
hideBanner() {
delete this.banner.dataset.dit;
this.banner.replaceChildren();
}
help(control) {
if (!this.hint) return;
const { l, h } = control.closest("td").dataset;
const text = h ? `${l}\u00a0: ${h}` : "";
if (this.hint.textContent !== text) this.hint.textContent = text;
}
offer(row, text, action, run) {
const button = element("button", { type: "button", class: "lien" }, action);
button.addEventListener("click", run);
this.offered = element("tr", { class: "retiree" }, element("td", { colspan: row.cells.length }, `${text} `, button));
row.after(this.offered);
}
withdraw() {
this.offered?.remove();
this.offered = null;
}
}
const CONTROL = "input[data-col], select[data-col], textarea[data-col]";
class View {
constructor(table) {
this.table = table;
this.body = table.tBodies[0];
this.template = document.getElementById(table.dataset.modele ?? `${table.dataset.grille}-ligne`);
}
rows() {
return [...this.body.querySelectorAll("tr[data-row]:not([hidden])")];
}
row(id) {
return this.body.querySelector(`tr[data-row="${CSS.escape(id)}"]`);
}
rowOf(control) {
return control.closest("tr[data-row]");
}
controls(row) {
return [...row.querySelectorAll(CONTROL)];
}
control(row, col) {
return row ? row.querySelector(`[data-col="${CSS.escape(col)}"]`) : null;
}
vertical(control, steps) {
let row = this.rowOf(control);
let found = null;
let left = Math.abs(steps);
while (left > 0) {
row = steps > 0 ? row.nextElementSibling : row.previousElementSibling;
if (!row) break;
if (!row.dataset.row || row.hidden) continue;
found = row;
left -= 1;
}
return found ? this.control(found, control.dataset.col) : null;
}
horizontal(control, step) {
const controls = this.controls(this.rowOf(control));
return controls[controls.indexOf(control) + step] ?? null;
}
edge(last) {
const rows = this.rows();
const row = last ? rows.at(-1) : rows[0];
const controls = row ? this.controls(row) : [];
return (last ? controls.at(-1) : controls[0]) ?? null;
}
label(control) {
return control.closest("td").dataset.l ?? control.getAttribute("aria-label") ?? control.dataset.col;
}
number(row) {
return row.querySelector("th")?.textContent.trim() ?? "";
}
build(id) {
if (!this.template) return null;
const numbers = [...this.body.querySelectorAll("tr[data-row] > th")].map((cell) => parseInt(cell.textContent, 10) || 0);
const holder = document.createElement("template");
const number = String(Math.max(0, ...numbers) + 1);
holder.innerHTML = this.template.innerHTML.replaceAll("__row__", id).replaceAll("__n__", number);
const row = holder.content.querySelector("tr");
row.dataset.row = id;
this.body.append(row);
return row;
}
rename(row, id) {
const before = row.dataset.row;
row.dataset.row = id;
for (const control of this.controls(row)) control.name = `r-${id}-${control.dataset.col}`;
for (const button of row.querySelectorAll(".oter")) button.value = id;
return before;
}
}
class ReasonMenu {
constructor(reasons, grid) {
this.box = element("div", { class: "bulle raisons", popover: "auto", role: "menu", "aria-label": "Pourquoi cette case est-elle sans réponse\u202f?" });
this.box.append(element("p", { "aria-hidden": "true" }, "Cette case n’a pas de réponse, parce que…"));
for (const [code, label] of reasons) this.box.append(element("button", { type: "button", role: "menuitem", "data-raison": code, tabindex: "-1" }, label));
this.box.id = `g-${grid}-raisons`;
this.control = null;
this.choose = null;
document.body.append(this.box);
this.box.addEventListener("click", (event) => this.pick(event.target.closest("[data-raison]")));
this.box.addEventListener("keydown", (event) => this.onKey(event));
this.box.addEventListener("toggle", (event) => {
if (event.newState === "closed" && this.control && this.box.contains(document.activeElement)) this.control.focus();
});
}
open(control, choose) {
this.control = control;
this.choose = choose;
if (!this.box.showPopover) {
choose(this.box.querySelector("button").dataset.raison);
return;
}
this.box.showPopover();
const place = control.getBoundingClientRect();
const size = this.box.getBoundingClientRect();
const below = place.bottom + size.height < window.innerHeight;
this.box.style.top = `${Math.max(4, below ? place.bottom + 4 : place.top - size.height - 4)}px`;
this.box.style.left = `${Math.max(4, Math.min(place.left, window.innerWidth - size.width - 4))}px`;
this.box.querySelector("button").focus();
}
pick(button) {
if (!button) return;
const { control, choose } = this;
this.box.hidePopover();
control.focus();
choose(button.dataset.raison);
}
onKey(event) {
const buttons = [...this.box.querySelectorAll("button")];
const at = buttons.indexOf(document.activeElement);
const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
if (step) buttons[(at + step + buttons.length) % buttons.length].focus();
else if (event.key === "Home") buttons[0].focus();
else if (event.key === "End") buttons.at(-1).focus();
else if (event.key === "Tab") this.box.hidePopover();
else return;
if (event.key !== "Tab") event.preventDefault();
event.stopPropagation();
}
}
const PAGE = 10;
function gestureOf(event, control, mode) {
if (event.isComposing || event.altKey) return null;
const command = event.ctrlKey || event.metaKey;
if (command && event.key.toLowerCase() === "z") return event.shiftKey ? "redo" : "undo";
if (command && event.key.toLowerCase() === "y") return "redo";
if (command && event.key === "Home") return "first";
if (command && event.key === "End") return "last";
if (command) return null;
if (event.key === "Escape") return mode === "nav" ? null : "cancel";
if (event.key === "Enter" && control.tagName === "SELECT" && mode === "edit") return null;
if (event.key === "Enter") return event.shiftKey ? "up" : "down";
if (event.key === "F2") return "edit";
if (control.type === "date" || control.tagName === "TEXTAREA") return null;
const inside = mode === "edit";
const select = control.tagName === "SELECT";
if (event.key === "ArrowDown" && !inside) return "down";
if (event.key === "ArrowUp" && !inside) return "up";
if (event.key === "PageDown") return "pagedown";
if (event.key === "PageUp") return "pageup";
if (mode === "nav" && event.key === "ArrowLeft") return "left";
if (mode === "nav" && event.key === "ArrowRight") return "right";
if (mode === "nav" && event.key === "?") return "unknown";
if (mode === "nav" && select && (event.key === "Delete" || event.key === "Backspace")) return "clear";
return null;
}
function destination(view, control, gesture) {
switch (gesture) {
case "down":
return view.vertical(control, 1);
case "up":
return view.vertical(control, -1);
case "pagedown":
return view.vertical(control, PAGE);
case "pageup":
return view.vertical(control, -PAGE);
case "left":
return view.horizontal(control, -1);
case "right":
return view.horizontal(control, 1);
case "first":
return view.edge(false);
case "last":
return view.edge(true);
default:
return null;
}
}
function pasteAt(grid, start, rows) {
grid.commit();
const from = grid.view.controls(grid.view.rowOf(start)).indexOf(start);
let row = grid.view.rowOf(start);
const changes = [];
const added = [];
let lost = 0;
for (const texts of rows) {
if (!row) {
row = grid.rows.add(false);
if (row) added.push(row);
}
if (!row) {
lost += 1;
continue;
}
const controls = grid.view.controls(row).slice(from);
texts.forEach((text, index) => {
const control = controls[index];
const outcome = control ? fit(control, text) : null;
if (outcome) changes.push({ control, ...outcome });
if (!control && text.trim()) lost += 1;
});
do row = row.nextElementSibling;
while (row && (!row.dataset.row || row.hidden));
}
const done = grid.setCells(changes, { remembered: false });
if (done.length || added.length) grid.remember(done, added);
const refused = changes.filter(({ refusal }) => refusal).length;
const plural = (n, word) => `${n} ${word}${n > 1 ? "s" : ""}`;
const words = [plural(done.length - refused, "case") + " collée" + (done.length - refused > 1 ? "s" : "")];
if (added.length) words.push(`${plural(added.length, "ligne")} ajoutée${added.length > 1 ? "s" : ""}`);
if (refused) words.push(`${plural(refused, "case")} à revoir`);
if (lost) words.push(`${plural(lost, "valeur")} sans place dans ce tableau`);
grid.marks.say(words.join(", "));
if (lost) grid.marks.showBanner("attente", "alerte", `${plural(lost, "valeur")} collée${lost > 1 ? "s" : ""} sans place dans ce tableau`, "Le bloc copié a plus de colonnes que le tableau. Le reste est collé ; Ctrl + Z annule le tout.");
start.focus();
}
function fit(control, text) {
const typed = text.replace(/\s*\n\s*/g, " ").trim();
const raw = { value: typed, unknown: null };
const outcome =
control.tagName === "SELECT"
? typed || [...control.options].some((option) => option.value === "")
? matchChoice(control, typed)
: null
: control.type === "checkbox"
? matchBool(typed)
: control.type === "date" && typed
? matchDate(typed)
: typed === "?"
? { cell: { value: null, unknown: "inconnu" } }
: { cell: raw };
if (!outcome) return null;
return outcome.reason ? { cell: raw, refusal: outcome.reason } : outcome;
}
class Rows {
constructor(grid) {
this.grid = grid;
}
add(focus = true) {
this.grid.commit();
this.grid.marks.withdraw();
const row = this.grid.view.build(`n-${uuid()}`);
if (!row) return null;
this.grid.journal.record({ op: "add", row: row.dataset.row });
this.grid.sender.poke();
if (focus) {
this.grid.history.add({ undo: () => this.hide(row), redo: () => this.show(row), words: "ligne ajoutée" });
this.grid.view.controls(row)[0]?.focus();
this.grid.marks.say(`Ligne ${this.grid.view.number(row)} ajoutée`);
}
this.grid.refresh();
return row;
}
hide(row) {
this.grid.marks.withdraw();
if (row.contains(document.activeElement)) {
const next = this.grid.view.controls(row)[0];
(this.grid.view.vertical(next, 1) ?? this.grid.view.vertical(next, -1) ?? document.querySelector(`[data-ajouter="${CSS.escape(this.grid.id)}"]`))?.focus();
}
row.hidden = true;
this.grid.marks.forget(row);
this.grid.journal.record({ op: "remove", row: row.dataset.row });
this.grid.sender.poke();
this.grid.refresh();
}
show(row) {
this.grid.marks.withdraw();
row.hidden = false;
for (const entry of this.grid.journal.inOrder()) {
const control = entry.row === row.dataset.row && entry.status === "refused" ? this.grid.view.control(row, entry.col) : null;
if (control) this.grid.answers.showRefusal(control, entry.reason, entry.offers);
}
this.grid.journal.record({ op: "restore", row: row.dataset.row });
this.grid.sender.poke();
this.grid.refresh();
}
remove(row) {
this.grid.commit();
const number = this.grid.view.number(row);
this.hide(row);
const step = { undo: () => this.show(row), redo: () => this.hide(row), words: `ligne ${number} retirée` };
this.grid.history.add(step);
this.grid.marks.say(`Ligne ${number} retirée`);
this.grid.marks.offer(row, `Ligne ${number} retirée.`, "Remettre la ligne", () => {
if (row.hidden) this.show(row);
this.grid.view.controls(row)[0]?.focus();
this.grid.marks.say(`Ligne ${number} remise`);
});
}
}
const KEPT = "Votre saisie est gardée sur cet appareil.";
class Answers {
constructor(grid) {
this.grid = grid;
}
onResults(json, entries) {
if (json.saved_at) this.grid.savedAt = json.saved_at;
const sent = new Map(entries.map((entry) => [entry.id, entry]));
for (const result of json.results) {
const entry = sent.get(result.id);
if (entry) this.onResult(entry, result);
}
for (const [name, text] of Object.entries(json.totals ?? {})) {
for (const cell of this.grid.table.querySelectorAll(`[data-total="${CSS.escape(name)}"]`)) cell.textContent = text;
}
this.grid.refresh();
const allWell = json.results.every((result) => result.status === "saved");
if (allWell && !this.grid.journal.waiting() && this.grid.savedAt) this.grid.marks.say(`Enregistré à ${this.grid.savedAt}`);
}
onResult(entry, result) {
if (result.row && result.row !== entry.row) this.renameRow(entry.row, String(result.row));
const row = this.grid.view.row(String(result.row ?? entry.row));
const control = entry.col ? this.grid.view.control(row, entry.col) : null;
const replaced = this.grid.journal.byId(entry.id) === null;
if (result.status === "saved") {
this.grid.journal.drop(this.grid.journal.byId(entry.id) ?? entry);
if (control) this.onSaved(control, entry, result, replaced);
return;
}
if (replaced) {
if (control && result.version !== undefined) this.bump(control, result.version);
return;
}
const kept = this.grid.journal.byId(entry.id);
kept.status = result.status === "conflict" ? "conflict" : "refused";
kept.reason = result.reason ?? "";
kept.offers = result.offers ?? [];
this.grid.journal.put(kept);
if (!control) this.showOrphan(kept);
else if (result.status === "conflict") this.showConflict(control, kept, result);
else this.showRefusal(control, kept.reason, kept.offers);
}
onSaved(control, entry, result, replaced) {
this.bump(control, result.version);
if (replaced) return;
this.grid.marks.solve(control);
this.grid.marks.cell(control, "enregistre");
const typing = control === this.grid.current && this.grid.mode !== "nav";
const written = control.tagName !== "SELECT" && control.type !== "checkbox" && control.type !== "date";
if (!written || entry.unknown || typing || result.value === undefined || result.value === null) return;
writeCell(control, { value: result.value, unknown: null }, this.grid.reasons);
if (control !== this.grid.current) return;
this.grid.before = readCell(control);
if (document.activeElement === control) control.select?.();
}
bump(control, version) {
if (version === undefined || version === null) return;
control.dataset.v = version;
const waiting = this.grid.journal.get(this.grid.view.rowOf(control).dataset.row, control.dataset.col);
if (!waiting) return;
waiting.seen = version;
this.grid.journal.put(waiting);
}
renameRow(from, to) {
const temporary = this.grid.view.row(from);
const existing = this.grid.view.row(to);
this.grid.journal.renameRow(from, to);
if (temporary && existing) {
for (const entry of this.grid.journal.inOrder()) {
const control = entry.row === to && entry.op === "set" ? this.grid.view.control(existing, entry.col) : null;
if (!control) continue;
writeCell(control, entry, this.grid.reasons);
this.grid.marks.cell(control, "attente");
}
this.grid.marks.forget(temporary);
temporary.remove();
} else if (temporary) this.grid.view.rename(temporary, to);
}
showRefusal(control, reason, offers = []) {
const id = this.grid.marks.problemId(control);
const title = element("b", {}, `${this.grid.view.label(control)}\u00a0: ${reason}`);
const text = element("p", { id }, icon("alerte"), element("span", {}, title, " Votre saisie est gardée ; cette case ne compte pas encore."));
const buttons = offers.map(([words, meant]) => {
const button = element("button", { class: "btn petit", type: "button" }, words);
button.addEventListener("click", () => {
writeCell(control, { value: meant, unknown: null }, this.grid.reasons);
this.grid.queue(control, { value: meant, unknown: null });
control.focus();
});
return button;
});
const row = buttons.length ? [element("p", { class: "rangee" }, ...buttons)] : [];
this.grid.marks.problem(control, "refuse", reason, [text, ...row]);
this.grid.marks.say(`Ligne ${this.grid.view.number(this.grid.view.rowOf(control))}, ${this.grid.view.label(control)}, refusé : ${reason}`);
}
otherCell(control, result) {
const text = String(result.theirs ?? "");
if (result.theirs_unknown) return { value: null, unknown: result.theirs_unknown };
const matched = control.tagName === "SELECT" && text ? matchChoice(control, text).cell : null;
return matched ?? { value: text, unknown: null };
}
showConflict(control, entry, result) {
const other = this.otherCell(control, result);
const mine = cellText(entry, this.grid.reasons, control) || "(vide)";
const theirs = cellText(other, this.grid.reasons, control) || "(vide)";
const title = element("b", {}, `${this.grid.view.label(control)}\u00a0: cette case a changé depuis que vous l’avez ouverte.`);
const text = element("p", { id: this.grid.marks.problemId(control) }, icon("gens"), element("span", {}, title, ` La vôtre\u00a0: «\u00a0${mine}\u00a0». L’autre, enregistrée\u00a0: «\u00a0${theirs}\u00a0».`));
const keep = element("button", { class: "btn petit", type: "button" }, `Garder la mienne\u00a0: ${mine}`);
const take = element("button", { class: "btn petit", type: "button" }, `Prendre l’autre\u00a0: ${theirs}`);
keep.addEventListener("click", () => {
control.dataset.v = result.version;
this.grid.queue(control, { value: entry.value, unknown: entry.unknown });
control.focus();
});
take.addEventListener("click", () => {
this.grid.journal.drop(entry);
control.dataset.v = result.version;
writeCell(control, other, this.grid.reasons);
if (control === this.grid.current) this.grid.before = readCell(control);
this.grid.marks.solve(control);
this.grid.marks.cell(control, "enregistre");
this.grid.refresh();
control.focus();
});
this.grid.marks.problem(control, "conflit", `la vôtre ${mine}, l’autre ${theirs}`, [text, element("p", { class: "rangee" }, keep, take)]);
this.grid.marks.say(`Ligne ${this.grid.view.number(this.grid.view.rowOf(control))}, ${this.grid.view.label(control)} : deux valeurs, à choisir sous la ligne`);
}
showOrphan(entry) {
const words = entry.op === "set" ? `«\u00a0${cellText(entry, this.grid.reasons)}\u00a0»` : "Un changement de ligne";
const forget = element("button", { class: "btn petit", type: "button" }, "Effacer cette saisie de l’appareil");
forget.addEventListener("click", () => {
this.grid.journal.drop(entry);
this.grid.marks.hideBanner();
this.grid.refresh();
});
this.grid.marks.showBanner("attente", "alerte", `${words} n’a plus sa ligne dans ce tableau`, `${entry.reason} ${KEPT}`, forget);
}
onState({ kind, reason }) {
this.grid.state = kind;
if (kind === "online") {
if (this.grid.marks.banner.dataset.etat) this.grid.marks.say("Connexion retrouvée");
if (this.grid.marks.banner.dataset.etat) this.grid.marks.hideBanner();
delete this.grid.marks.banner.dataset.etat;
return;
}
this.grid.marks.banner.dataset.etat = kind;
const count = this.grid.journal.waiting();
const cells = count > 1 ? `${count} saisies partiront` : "Votre saisie partira";
if (kind === "offline") {
this.grid.marks.showBanner("attente", "nuage", "Connexion perdue\u00a0: vos saisies sont gardées sur cet appareil", `${cells} dès le retour du réseau. Vous pouvez continuer, ou fermer\u00a0: rien ne sera perdu.`);
return;
}
const here = encodeURIComponent(location.pathname + location.search);
const link = element("a", { href: `${document.body.dataset.connexion ?? "/connexion/"}?next=${here}` }, "Entrez de nouveau");
if (kind === "signedout") {
this.grid.marks.showBanner("attente", "cadenas", "Vous n’êtes plus connecté", KEPT, element("span", {}, link, "\u00a0: vous reviendrez ici et elle partira."));
} else {
const forget = element("button", { class: "btn petit", type: "button" }, "Effacer ces saisies de l’appareil");
forget.addEventListener("click", () => {
for (const entry of this.grid.journal.inOrder()) this.grid.journal.drop(entry);
location.reload();
});
this.grid.marks.showBanner("faute-m", "cadenas", "Ces saisies ne peuvent plus partir", reason, KEPT, element("span", {}, link, " si vous avez changé de mandat."), forget);
}
}
}
class Grid {
constructor(table) {
this.table = table;
this.id = table.dataset.grille;
this.reasons = table.dataset.raisons ? JSON.parse(table.dataset.raisons) : DEFAULT_REASONS;
this.view = new View(table);
this.marks = new Marks(this.view, this.id);
this.rows = new Rows(this);
this.answers = new Answers(this);
this.history = new History();
this.journal = new Journal(document.body.dataset.personne ?? "", this.id);
this.menu = new ReasonMenu(this.reasons, this.id);
this.sender = new Sender({
url: table.dataset.url,
token: () => this.token(),
journal: this.journal,
onResults: (json, entries) => this.answers.onResults(json, entries),
onState: (state) => this.answers.onState(state),
});
this.current = null;
this.before = null;
this.clicked = null;
this.mode = "nav";
this.savedAt = "";
table.closest("form")?.setAttribute("autocomplete", "off");
this.listen();
this.recover();
}
token() {
const field = this.table.closest("form")?.querySelector("[name=csrfmiddlewaretoken]") ?? document.querySelector("[name=csrfmiddlewaretoken]");
return field?.value ?? "";
}
listen() {
const { table } = this;
table.addEventListener("focusin", (event) => this.onFocus(event));
table.addEventListener("focusout", (event) => event.target.matches(CONTROL) && this.commit());
table.addEventListener("input", (event) => event.target.matches(CONTROL) && this.onInput(event.target));
table.addEventListener("change", (event) => event.target.matches("select[data-col], [type=checkbox][data-col]") && this.onChoice(event.target));
table.addEventListener("keydown", (event) => event.target.matches(CONTROL) && this.onKey(event));
table.addEventListener("mousedown", (event) => event.target.matches(CONTROL) && this.onMouse(event));
table.addEventListener("click", (event) => this.onClick(event));
document.addEventListener("paste", (event) => this.onPaste(event));
for (const button of document.querySelectorAll(`[data-ajouter="${CSS.escape(this.id)}"]`)) {
button.addEventListener("click", (event) => {
event.preventDefault();
this.rows.add();
});
}
table.closest("form")?.addEventListener("submit", (event) => {
if (!event.submitter?.hasAttribute("data-entree")) return;
event.preventDefault();
this.commit();
});
window.addEventListener("beforeunload", (event) => {
this.commit();
if (!this.journal.durable && this.journal.waiting()) event.preventDefault();
});
}
onFocus(event) {
const control = event.target;
if (!control.matches(CONTROL) || control === this.current) return;
this.current = control;
this.before = readCell(control);
this.mode = "nav";
this.marks.help(control);
if (control !== this.clicked) this.clicked = null;
if (control.select && control.type !== "date") control.select();
}
onMouse(event) {
const control = event.target;
if (control.tagName === "SELECT" || control === this.clicked) {
if (control !== this.current) control.focus();
this.mode = "edit";
return;
}
this.clicked = control;
if (control === document.activeElement && control.select && control.type !== "date" && this.mode === "nav") {
event.preventDefault();
control.select();
return;
}
const keep = (event) => event.preventDefault();
control.addEventListener("mouseup", keep, { once: true });
setTimeout(() => control.removeEventListener("mouseup", keep), 500);
}
onInput(control) {
this.marks.withdraw();
if (control.tagName === "SELECT" || control.type === "checkbox") return;
if (this.mode === "nav") this.mode = "type";
if (control.dataset.inconnu) {
delete control.dataset.inconnu;
control.classList.remove("nsp");
}
const row = this.view.rowOf(control).dataset.row;
const waiting = this.journal.get(row, control.dataset.col);
if (waiting?.status === "draft") {
waiting.value = control.value.trim();
this.journal.put(waiting);
} else {
this.journal.record(this.change(control, readCell(control), { status: "draft", hadPending: Boolean(waiting) }));
}
}
onChoice(control) {
if (control !== this.current) {
this.commit();
this.current = control;
const former = control.options && [...control.options].find((option) => option.defaultSelected);
this.before = { value: former ? former.value : "", unknown: former?.dataset.inconnu ?? null };
}
this.mode = "nav";
this.commit();
}
onKey(event) {
const control = event.target;
if (control !== this.current) this.onFocus(event);
if (control.tagName === "SELECT" && (event.key === " " || (event.altKey && event.key.startsWith("Arrow")))) this.mode = "edit";
const gesture = gestureOf(event, control, this.mode);
if (!gesture) return;
if (gesture === "left" && !this.view.horizontal(control, -1)) return;
event.preventDefault();
if (gesture === "undo" || gesture === "redo") this.travel(gesture);
else if (gesture === "cancel") this.cancel(control);
else if (gesture === "edit") this.edit(control);
else if (gesture === "unknown") this.askReason(control);
else if (gesture === "clear") this.setCells([{ control, cell: { value: "", unknown: null } }]);
else this.moveTo(destination(this.view, control, gesture));
}
onClick(event) {
const remove = event.target.closest(".oter");
if (!remove) return;
event.preventDefault();
this.rows.remove(remove.closest("tr[data-row]"));
}
moveTo(control) {
this.commit();
if (!control) return;
control.focus();
control.scrollIntoView({ block: "nearest", inline: "nearest" });
}
edit(control) {
this.mode = "edit";
if (control.tagName === "SELECT" || control.type === "date") control.showPicker?.();
else if (control.setSelectionRange) control.setSelectionRange(control.value.length, control.value.length);
}
cancel(control) {
const { row, col } = { row: this.view.rowOf(control).dataset.row, col: control.dataset.col };
const draft = this.journal.get(row, col);
writeCell(control, this.before, this.reasons);
if (draft?.status === "draft") this.endDraft(control, draft, this.before);
this.mode = "nav";
control.select?.();
this.marks.say(`Saisie annulée : ${cellText(this.before, this.reasons) || "case vide"}`);
}
askReason(control) {
this.menu.open(control, (code) => {
this.setCells([{ control, cell: { value: null, unknown: code } }]);
control.select?.();
this.marks.say(`${this.view.label(control)} : ${reasonLabel(code, this.reasons)}`);
});
}
change(control, cell, more = {}) {
return {
op: "set",
row: this.view.rowOf(control).dataset.row,
col: control.dataset.col,
value: cell.value,
unknown: cell.unknown,
seen: Number(control.dataset.v ?? 0),
...more,
};
}
commit() {
const control = this.current;
if (!control || !control.isConnected) return;
if (control.value === "?" && control.tagName !== "SELECT") writeCell(control, { value: null, unknown: this.reasons[0][0] }, this.reasons);
const after = readCell(control);
const before = this.before;
const draft = this.journal.get(this.view.rowOf(control).dataset.row, control.dataset.col);
if (sameCell(before, after)) {
if (draft?.status === "draft") this.endDraft(control, draft, after);
return;
}
this.before = after;
if (this.mode === "type") this.mode = "nav";
this.remember([{ control, before, after }]);
this.queue(control, after);
}
endDraft(control, draft, cell) {
if (draft.hadPending) this.queue(control, cell);
else this.journal.drop(draft);
this.refresh();
}
queue(control, cell, more = {}) {
this.marks.withdraw();
const entry = this.journal.record(this.change(control, cell, more));
if (entry.status === "refused") this.answers.showRefusal(control, entry.reason, entry.offers);
else {
this.marks.solve(control);
this.marks.cell(control, "attente");
this.sender.poke();
}
this.refresh();
return entry;
}
setCells(changes, { remembered = true } = {}) {
const done = [];
for (const { control, cell, refusal } of changes) {
const before = readCell(control);
if (sameCell(before, cell) && !refusal) continue;
writeCell(control, cell, this.reasons);
if (control === this.current) this.before = readCell(control);
this.queue(control, cell, refusal ? { status: "refused", local: true, reason: refusal } : {});
done.push({ control, before, after: cell, refusal });
}
if (remembered && done.length) this.remember(done);
return done;
}
remember(changes, rows = []) {
const apply = (side) => {
const alive = changes.filter(({ control }) => control.isConnected);
const cells = alive.map((one) => ({ control: one.control, cell: one[side], refusal: side === "after" ? one.refusal : "" }));
this.setCells(cells, { remembered: false });
const target = alive[0]?.control;
if (target && !target.closest("[hidden]")) target.focus();
};
const undo = () => {
apply("before");
for (const row of rows) this.rows.hide(row);
};
const redo = () => {
for (const row of rows) this.rows.show(row);
apply("after");
};
this.history.add({ undo, redo, words: changes.length > 1 ? `${changes.length} cases` : "une case" });
}
travel(direction) {
this.commit();
const step = this.history[direction]();
if (!step) this.marks.say(direction === "undo" ? "Rien à annuler" : "Rien à rétablir");
else this.marks.say(`${direction === "undo" ? "Annulé" : "Rétabli"} : ${step.words}`);
}
onPaste(event) {
const control = this.current;
if (!control || document.activeElement !== control) return;
const text = event.clipboardData?.getData("text/plain") ?? "";
const select = control.tagName === "SELECT";
if (!isTable(text) && !select) return;
event.preventDefault();
pasteAt(this, control, parseTable(text));
}
refused() {
let count = 0;
for (const entry of this.journal.entries.values()) {
if ((entry.status === "refused" || entry.status === "conflict") && !this.view.row(entry.row)?.hidden) count += 1;
}
return count;
}
refresh() {
const waiting = this.journal.waiting();
this.marks.whole({ waiting, refused: this.refused(), savedAt: this.savedAt });
if (!this.journal.durable && waiting) {
this.marks.showBanner("attente", "alerte", "Cet appareil ne peut pas garder vos saisies", "Attendez de lire «\u00a0Enregistré\u00a0» avant de fermer cette page.");
}
}
recover() {
const entries = this.journal.load();
for (const entry of entries) {
const row = this.view.row(entry.row);
if (entry.op === "add") {
if (!row) this.view.build(entry.row);
} else if (entry.op === "remove" || entry.op === "restore") {
if (row) row.hidden = entry.op === "remove";
} else this.recoverCell(entry, row);
}
if (entries.length) this.sender.poke(0);
this.refresh();
}
recoverCell(entry, row) {
const control = this.view.control(row, entry.col);
if (!control && entry.local) {
this.answers.showOrphan(entry);
return;
}
if (!control) {
entry.status = "ready";
this.journal.put(entry);
return;
}
writeCell(control, entry, this.reasons);
if (entry.local) {
this.answers.showRefusal(control, entry.reason, entry.offers);
return;
}
entry.status = "ready";
this.journal.put(entry);
this.marks.cell(control, "attente");
}
}
for (const table of document.querySelectorAll("table[data-grille][data-url]")) {
const grid = new Grid(table);
for (const button of document.querySelectorAll("[data-sans-script]")) {
if (table.closest("form")?.contains(button)) button.hidden = true;
}
for (const control of document.querySelectorAll("[data-seul]")) control.setAttribute("form", control.dataset.seul);
table.addEventListener("grille:instance", (event) => event.detail(grid));
}
})();
