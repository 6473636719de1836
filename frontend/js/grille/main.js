// Every table that says data-grille and data-url becomes a grid. Without this script it is a plain form.
import { Grid } from "./grid.js";

for (const table of document.querySelectorAll("table[data-grille][data-url]")) {
  const grid = new Grid(table);
  for (const button of document.querySelectorAll("[data-sans-script]")) {
    if (table.closest("form")?.contains(button)) button.hidden = true;
  }
  // What is typed is already on its way: the other acts of the page go without the table.
  for (const control of document.querySelectorAll("[data-seul]")) control.setAttribute("form", control.dataset.seul);
  // Enter inside a cell goes down; it never sends the form by accident.
  table.addEventListener("grille:instance", (event) => event.detail(grid));
}
