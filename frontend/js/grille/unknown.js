// « ? »: the reasons for having no answer. An empty cell is never a zero, and saying why takes one key more.
import { element } from "./marks.js";

export class ReasonMenu {
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
    // A browser without popovers: the most common reason, without asking.
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
