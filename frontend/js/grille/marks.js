// What the grid says: a sign in each cell, an explanation under the row, a line for the whole, a banner when the
// network is lost, one polite voice for screen readers. Nothing is announced that the server has not confirmed.

const WORDS = {
  attente: "En attente d’envoi",
  enregistre: "Enregistré",
  refuse: "Refusé",
  conflit: "Deux valeurs : à choisir",
};

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "ic");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${document.body.dataset.sprite ?? "/static/ui/sprite.svg"}#i-${name}`);
  svg.append(use);
  return svg;
}

export class Marks {
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
      // The same words describe the cell to screen readers: this line is for eyes.
      this.hint = element("p", { class: "grille-aide", "aria-hidden": "true" });
      this.frame.append(this.hint);
    }
  }

  say(sentence) {
    // The same sentence twice is silent unless the text changes.
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

  // `content`: nodes placed under the row, one paragraph (or more) per cell at fault.
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

  // An error row written by the server for this row: the first answer replaces it.
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

  // What the column asks, while one of its cells is reached. The line keeps its place when it is empty: nothing moves.
  help(control) {
    if (!this.hint) return;
    const { l, h } = control.closest("td").dataset;
    const text = h ? `${l}\u00a0: ${h}` : "";
    if (this.hint.textContent !== text) this.hint.textContent = text;
  }

  // An act that can be taken back, offered where it happened and until the next act: nobody is hurried.
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
