// The table as rows and controls: finding, moving, adding and hiding. No state of its own.

export const CONTROL = "input[data-col], select[data-col], textarea[data-col]";

export class View {
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

  // The same column, `steps` rows lower (or higher). Error rows and removed rows are stepped over.
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
