// Every change is written on this device before it is sent, and forgotten once the server has acknowledged it.
// One localStorage key per change: writing one cell costs the same whatever waits. The person's id is in the key:
// on a shared computer nobody is shown what somebody else typed (see also app.js, sign-out).

import { uuid } from "./values.js";

const PREFIX = "mosaique.g|";
// Which window typed it: two of the same person are two people for the same cell.
const WINDOW = uuid().slice(0, 8);

export class Journal {
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

  // A new change replaces what waited for the same cell.
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

  // The server gave a new row its definitive id.
  renameRow(from, to) {
    for (const entry of this.inOrder()) {
      if (entry.row !== from) continue;
      this.drop(entry);
      entry.row = to;
      this.put(entry);
    }
  }
}
