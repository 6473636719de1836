// Rows that come, go and come back. A removed row is hidden: putting it back finds everything in place.

import { uuid } from "./values.js";

export class Rows {
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
