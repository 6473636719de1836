// What the server says about each change, and what the person is shown: saved, refused, two values, no answer at all.
import { matchChoice } from "./choices.js";
import { element, icon } from "./marks.js";
import { cellText, readCell, writeCell } from "./values.js";

const KEPT = "Votre saisie est gardée sur cet appareil.";

export class Answers {
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
    // A newer value already waits for this cell: it carries on with the version now known.
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
    // Only what is typed has a canonical writing: « 0.5 » comes back as « 0,50 ».
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
      // Found again after a reload: the server's row takes what was typed in the temporary one.
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

  // `offers`: what was probably meant, as [words of the button, text it types].
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

  // The server may name a choice by its code or by its label.
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

  // The row is gone: somebody removed it while this was typed.
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
