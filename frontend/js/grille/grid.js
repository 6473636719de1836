// One grid: hears the events of its table, keeps what is typed, and shows what became of it.
// Protocol and markup: docs/interface.md.
import { Answers } from "./answers.js";
import { pasteAt } from "./clipboard.js";
import { History } from "./history.js";
import { Journal } from "./journal.js";
import { destination, gestureOf } from "./keyboard.js";
import { Marks } from "./marks.js";
import { Sender } from "./network.js";
import { isTable, parseTable } from "./paste.js";
import { Rows } from "./rows.js";
import { ReasonMenu } from "./unknown.js";
import { cellText, DEFAULT_REASONS, readCell, reasonLabel, sameCell, writeCell } from "./values.js";
import { CONTROL, View } from "./view.js";

export class Grid {
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
    // The browser must not put back, on reload, what it remembers of the fields: the journal does that, and says so.
    table.closest("form")?.setAttribute("autocomplete", "off");
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
        this.rows.add();
      });
    }
    // The form's own first button is for a page without script: here everything typed is already on its way.
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
    this.marks.withdraw();
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
      // Changed without being reached (a voice command, an extension): the page's own value was the former one.
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
    // A phone's keyboard sends no « ? » key: the sign alone in a cell says the same.
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

  // A draft that comes back to what it was: send it only if an earlier change still waited behind it.
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

  // Several cells at once (paste, reason, undo): one step of history.
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
    if (!control && entry.local) {
      this.answers.showOrphan(entry);
      return;
    }
    if (!control) {
      // Its row is gone, or not named yet: the server will say.
      entry.status = "ready";
      this.journal.put(entry);
      return;
    }
    writeCell(control, entry, this.reasons);
    if (entry.local) {
      this.answers.showRefusal(control, entry.reason, entry.offers);
      return;
    }
    // Refused or in conflict yesterday: the server is asked once more, the world may have moved.
    entry.status = "ready";
    this.journal.put(entry);
    this.marks.cell(control, "attente");
  }
}
