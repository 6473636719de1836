// One grid: hears the events of its table, keeps what is typed, and shows what became of it.
// Protocol and markup: docs/interface.md.
import { matchBool, matchChoice, matchDate } from "./choices.js";
import { History } from "./history.js";
import { Journal } from "./journal.js";
import { destination, gestureOf } from "./keyboard.js";
import { element, icon, Marks } from "./marks.js";
import { Sender } from "./network.js";
import { isTable, parseTable } from "./paste.js";
import { ReasonMenu } from "./unknown.js";
import { cellText, DEFAULT_REASONS, readCell, reasonLabel, sameCell, writeCell } from "./values.js";
import { CONTROL, View } from "./view.js";

const KEPT = "Votre saisie est gardée sur cet appareil.";

export class Grid {
  constructor(table) {
    this.table = table;
    this.id = table.dataset.grille;
    this.reasons = table.dataset.raisons ? JSON.parse(table.dataset.raisons) : DEFAULT_REASONS;
    this.view = new View(table);
    this.marks = new Marks(this.view, this.id);
    this.history = new History();
    this.journal = new Journal(document.body.dataset.personne ?? "", this.id);
    this.menu = new ReasonMenu(this.reasons, this.id);
    this.sender = new Sender({
      url: table.dataset.url,
      token: () => this.token(),
      journal: this.journal,
      onResults: (json, entries) => this.onResults(json, entries),
      onState: (state) => this.onState(state),
    });
    this.current = null;
    this.before = null;
    this.clicked = null;
    this.mode = "nav";
    this.savedAt = "";
    this.listen();
    this.recover();
  }

  token() {
    const field = this.table.closest("form")?.querySelector("[name=csrfmiddlewaretoken]") ?? document.querySelector("[name=csrfmiddlewaretoken]");
    return field?.value ?? "";
  }

  // --- Events: one listener per kind for the whole table, whatever the number of rows.

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
        this.addRow();
      });
    }
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
    if (control !== this.clicked) this.clicked = null;
    if (control.select && control.type !== "date") control.select();
  }

  // The first click selects the whole cell, even one that the keyboard has reached; the second places the caret.
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
    if (control.tagName === "SELECT" || control.type === "checkbox") return;
    if (this.mode === "nav") this.mode = "type";
    if (control.dataset.inconnu) {
      delete control.dataset.inconnu;
      control.classList.remove("nsp");
    }
    // On this device from the first letter: a closed lid or a power cut loses nothing.
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
      this.current = control;
      this.before = this.before ?? { value: "", unknown: null };
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
    this.removeRow(remove.closest("tr[data-row]"));
  }

  moveTo(control) {
    this.commit();
    if (!control) return;
    control.focus();
    // A sticky header or footer must not hide the cell.
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

  // --- Changes

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

  // What was being typed becomes a change, if it is one.
  commit() {
    const control = this.current;
    if (!control || !control.isConnected) return;
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

  // A draft that comes back to what it was: send it only if an earlier change still waited behind it.
  endDraft(control, draft, cell) {
    if (draft.hadPending) this.queue(control, cell);
    else this.journal.drop(draft);
    this.refresh();
  }

  queue(control, cell, more = {}) {
    const entry = this.journal.record(this.change(control, cell, more));
    if (entry.status === "refused") this.showRefusal(control, entry.reason);
    else {
      this.marks.solve(control);
      this.marks.cell(control, "attente");
      this.sender.poke();
    }
    this.refresh();
    return entry;
  }

  // Several cells at once (paste, reason, undo): one step of history.
  setCells(changes, { remembered = true } = {}) {
    const done = [];
    for (const { control, cell, refusal } of changes) {
      const before = readCell(control);
      if (sameCell(before, cell) && !refusal) continue;
      writeCell(control, cell, this.reasons);
      if (control === this.current) this.before = readCell(control);
      this.queue(control, cell, refusal ? { status: "refused", local: true, reason: refusal } : {});
      done.push({ control, before, after: cell });
    }
    if (remembered && done.length) this.remember(done);
    return done;
  }

  remember(changes, rows = []) {
    const apply = (side) => {
      const alive = changes.filter(({ control }) => control.isConnected);
      this.setCells(alive.map((one) => ({ control: one.control, cell: one[side] })), { remembered: false });
      const target = alive[0]?.control;
      if (target && !target.closest("[hidden]")) target.focus();
    };
    const undo = () => {
      apply("before");
      for (const row of rows) this.hideRow(row);
    };
    const redo = () => {
      for (const row of rows) this.showRow(row);
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

  // --- Rows

  addRow(focus = true) {
    this.commit();
    const row = this.view.build(`n-${crypto.randomUUID()}`);
    if (!row) return null;
    this.journal.record({ op: "add", row: row.dataset.row });
    this.sender.poke();
    if (focus) {
      this.history.add({ undo: () => this.hideRow(row), redo: () => this.showRow(row), words: "ligne ajoutée" });
      this.view.controls(row)[0]?.focus();
      this.marks.say(`Ligne ${this.view.number(row)} ajoutée`);
    }
    this.refresh();
    return row;
  }

  hideRow(row) {
    if (row.contains(document.activeElement)) {
      const next = this.view.controls(row)[0];
      (this.view.vertical(next, 1) ?? this.view.vertical(next, -1) ?? document.querySelector(`[data-ajouter="${CSS.escape(this.id)}"]`))?.focus();
    }
    row.hidden = true;
    this.marks.forget(row);
    this.journal.record({ op: "remove", row: row.dataset.row });
    this.sender.poke();
    this.refresh();
  }

  showRow(row) {
    row.hidden = false;
    this.journal.record({ op: "restore", row: row.dataset.row });
    this.sender.poke();
    this.refresh();
  }

  removeRow(row) {
    this.commit();
    const number = this.view.number(row);
    this.hideRow(row);
    const step = { undo: () => this.showRow(row), redo: () => this.hideRow(row), words: `ligne ${number} retirée` };
    this.history.add(step);
    this.marks.toast(`Ligne ${number} retirée`, "Remettre la ligne", () => {
      if (row.hidden) this.showRow(row);
      this.view.controls(row)[0]?.focus();
      this.marks.say(`Ligne ${number} remise`);
    });
  }

  // --- Paste

  onPaste(event) {
    const control = this.current;
    if (!control || document.activeElement !== control) return;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const select = control.tagName === "SELECT";
    if (!isTable(text) && !select) return;
    event.preventDefault();
    this.pasteAt(control, parseTable(text));
  }

  pasteAt(start, rows) {
    this.commit();
    const from = this.view.controls(this.view.rowOf(start)).indexOf(start);
    let row = this.view.rowOf(start);
    const changes = [];
    const added = [];
    let lost = 0;
    for (const texts of rows) {
      if (!row) {
        row = this.addRow(false);
        if (row) added.push(row);
      }
      if (!row) {
        lost += 1;
        continue;
      }
      const controls = this.view.controls(row).slice(from);
      texts.forEach((text, index) => {
        const control = controls[index];
        const outcome = control ? this.fit(control, text) : null;
        if (outcome) changes.push({ control, ...outcome });
        if (!control && text.trim()) lost += 1;
      });
      do row = row.nextElementSibling;
      while (row && (!row.dataset.row || row.hidden));
    }
    const done = this.setCells(changes, { remembered: false });
    if (done.length || added.length) this.remember(done, added);
    const refused = changes.filter(({ refusal }) => refusal).length;
    const plural = (n, word) => `${n} ${word}${n > 1 ? "s" : ""}`;
    const words = [plural(done.length - refused, "case") + " collée" + (done.length - refused > 1 ? "s" : "")];
    if (added.length) words.push(`${plural(added.length, "ligne")} ajoutée${added.length > 1 ? "s" : ""}`);
    if (refused) words.push(`${plural(refused, "case")} à revoir`);
    if (lost) words.push(`${plural(lost, "valeur")} sans place dans ce tableau`);
    this.marks.say(words.join(", "));
    if (lost) this.marks.showBanner("attente", "alerte", `${plural(lost, "valeur")} collée${lost > 1 ? "s" : ""} sans place dans ce tableau`, "Le bloc copié a plus de colonnes que le tableau. Le reste est collé ; Ctrl + Z annule le tout.");
    start.focus();
  }

  // → what the text becomes in this control: {cell} or {cell, refusal}; null to leave the cell alone.
  fit(control, text) {
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

  // --- What the server answers

  onResults(json, entries) {
    if (json.saved_at) this.savedAt = json.saved_at;
    const sent = new Map(entries.map((entry) => [entry.id, entry]));
    for (const result of json.results) {
      const entry = sent.get(result.id);
      if (entry) this.onResult(entry, result);
    }
    for (const [name, text] of Object.entries(json.totals ?? {})) {
      for (const cell of this.table.querySelectorAll(`[data-total="${CSS.escape(name)}"]`)) cell.textContent = text;
    }
    this.refresh();
    const allWell = json.results.every((result) => result.status === "saved");
    if (allWell && !this.journal.waiting() && this.savedAt) this.marks.say(`Enregistré à ${this.savedAt}`);
  }

  onResult(entry, result) {
    if (result.row && result.row !== entry.row) this.renameRow(entry.row, String(result.row));
    const row = this.view.row(String(result.row ?? entry.row));
    const control = entry.col ? this.view.control(row, entry.col) : null;
    const replaced = this.journal.byId(entry.id) === null;
    if (result.status === "saved") {
      this.journal.drop(this.journal.byId(entry.id) ?? entry);
      if (control) this.onSaved(control, entry, result, replaced);
      return;
    }
    // A newer value already waits for this cell: it carries on with the version now known.
    if (replaced) {
      if (control && result.version !== undefined) this.bump(control, result.version);
      return;
    }
    const kept = this.journal.byId(entry.id);
    kept.status = result.status === "conflict" ? "conflict" : "refused";
    kept.reason = result.reason ?? "";
    this.journal.put(kept);
    if (!control) this.showOrphan(kept);
    else if (result.status === "conflict") this.showConflict(control, kept, result);
    else this.showRefusal(control, kept.reason);
  }

  onSaved(control, entry, result, replaced) {
    this.bump(control, result.version);
    if (replaced) return;
    this.marks.solve(control);
    this.marks.cell(control, "enregistre");
    const typing = control === this.current && this.mode !== "nav";
    if (entry.unknown || typing || result.value === undefined || result.value === null) return;
    writeCell(control, { value: result.value, unknown: null }, this.reasons);
    if (control !== this.current) return;
    this.before = readCell(control);
    if (document.activeElement === control) control.select?.();
  }

  bump(control, version) {
    if (version === undefined || version === null) return;
    control.dataset.v = version;
    const waiting = this.journal.get(this.view.rowOf(control).dataset.row, control.dataset.col);
    if (!waiting) return;
    waiting.seen = version;
    this.journal.put(waiting);
  }

  renameRow(from, to) {
    const temporary = this.view.row(from);
    const existing = this.view.row(to);
    this.journal.renameRow(from, to);
    if (temporary && existing) {
      // Found again after a reload: the server's row takes what was typed in the temporary one.
      for (const entry of this.journal.inOrder()) {
        const control = entry.row === to && entry.op === "set" ? this.view.control(existing, entry.col) : null;
        if (!control) continue;
        writeCell(control, entry, this.reasons);
        this.marks.cell(control, "attente");
      }
      this.marks.forget(temporary);
      temporary.remove();
    } else if (temporary) this.view.rename(temporary, to);
  }

  showRefusal(control, reason) {
    const id = this.marks.problemId(control);
    const title = element("b", {}, `${this.view.label(control)}\u00a0: ${reason}`);
    const text = element("p", { id }, icon("alerte"), element("span", {}, title, " Votre saisie est gardée ; cette case ne compte pas encore."));
    this.marks.problem(control, "refuse", reason, [text]);
    this.marks.say(`Ligne ${this.view.number(this.view.rowOf(control))}, ${this.view.label(control)}, refusé : ${reason}`);
  }

  showConflict(control, entry, result) {
    const mine = cellText(entry, this.reasons) || "(vide)";
    const theirs = result.theirs === null || result.theirs === undefined || result.theirs === "" ? "(vide)" : String(result.theirs);
    const title = element("b", {}, `${this.view.label(control)}\u00a0: quelqu’un a écrit en même temps que vous.`);
    const text = element("p", { id: this.marks.problemId(control) }, icon("gens"), element("span", {}, title, ` La vôtre\u00a0: «\u00a0${mine}\u00a0». L’autre, enregistrée\u00a0: «\u00a0${theirs}\u00a0».`));
    const keep = element("button", { class: "btn petit", type: "button" }, `Garder la mienne\u00a0: ${mine}`);
    const take = element("button", { class: "btn petit", type: "button" }, `Prendre l’autre\u00a0: ${theirs}`);
    keep.addEventListener("click", () => {
      control.dataset.v = result.version;
      this.queue(control, { value: entry.value, unknown: entry.unknown });
      control.focus();
    });
    take.addEventListener("click", () => {
      this.journal.drop(entry);
      control.dataset.v = result.version;
      writeCell(control, { value: result.theirs ?? "", unknown: result.theirs_unknown ?? null }, this.reasons);
      if (control === this.current) this.before = readCell(control);
      this.marks.solve(control);
      this.marks.cell(control, "enregistre");
      this.refresh();
      control.focus();
    });
    this.marks.problem(control, "conflit", `la vôtre ${mine}, l’autre ${theirs}`, [text, element("p", { class: "rangee" }, keep, take)]);
    this.marks.say(`Ligne ${this.view.number(this.view.rowOf(control))}, ${this.view.label(control)} : deux valeurs, à choisir sous la ligne`);
  }

  // The row is gone: somebody removed it while this was typed.
  showOrphan(entry) {
    const words = entry.op === "set" ? `«\u00a0${cellText(entry, this.reasons)}\u00a0»` : "Un changement de ligne";
    const forget = element("button", { class: "btn petit", type: "button" }, "Effacer cette saisie de l’appareil");
    forget.addEventListener("click", () => {
      this.journal.drop(entry);
      this.marks.hideBanner();
      this.refresh();
    });
    this.marks.showBanner("attente", "alerte", `${words} n’a plus sa ligne dans ce tableau`, `${entry.reason} ${KEPT}`, forget);
  }

  onState({ kind, reason }) {
    this.state = kind;
    if (kind === "online") {
      if (this.marks.banner.dataset.etat) this.marks.say("Connexion retrouvée");
      if (this.marks.banner.dataset.etat) this.marks.hideBanner();
      delete this.marks.banner.dataset.etat;
      return;
    }
    this.marks.banner.dataset.etat = kind;
    const count = this.journal.waiting();
    const cells = count > 1 ? `${count} saisies partiront` : "Votre saisie partira";
    if (kind === "offline") {
      this.marks.showBanner("attente", "nuage", "Connexion perdue\u00a0: vos saisies sont gardées sur cet appareil", `${cells} dès le retour du réseau. Vous pouvez continuer, ou fermer\u00a0: rien ne sera perdu.`);
      return;
    }
    const here = encodeURIComponent(location.pathname + location.search);
    const link = element("a", { href: `${document.body.dataset.connexion ?? "/connexion/"}?next=${here}` }, "Entrez de nouveau");
    if (kind === "signedout") {
      this.marks.showBanner("attente", "cadenas", "Vous n’êtes plus connecté", KEPT, element("span", {}, link, "\u00a0: vous reviendrez ici et elle partira."));
    } else {
      this.marks.showBanner("faute-m", "cadenas", "Ces saisies ne peuvent plus partir", reason, KEPT, element("span", {}, link, " si vous avez changé de mandat."));
    }
  }

  refused() {
    let count = 0;
    for (const entry of this.journal.entries.values()) if (entry.status === "refused" || entry.status === "conflict") count += 1;
    return count;
  }

  refresh() {
    const waiting = this.journal.waiting();
    this.marks.whole({ waiting, refused: this.refused(), savedAt: this.savedAt });
    if (!this.journal.durable && waiting) {
      this.marks.showBanner("attente", "alerte", "Cet appareil ne peut pas garder vos saisies", "Attendez de lire «\u00a0Enregistré\u00a0» avant de fermer cette page.");
    }
  }

  // --- After a reload: what this device still holds comes back, and leaves again.

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
    if (!control) {
      if (entry.status === "draft") entry.status = "ready";
      return;
    }
    writeCell(control, entry, this.reasons);
    if (entry.local) {
      this.showRefusal(control, entry.reason);
      return;
    }
    // Refused or in conflict yesterday: the server is asked once more, the world may have moved.
    entry.status = "ready";
    this.journal.put(entry);
    this.marks.cell(control, "attente");
  }
}
