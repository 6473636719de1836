// Sends what waits, in order, in batches, until the server has said yes. It never gives up by itself.

const BATCH = 200;
const WAITS = [1, 2, 4, 8, 15, 30];
const TIMEOUT = 20000;
const KEEPALIVE_LIMIT = 60000;

export class Sender {
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
    // The batch is not understood: find the change at fault rather than block the others behind it.
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

  // The page goes away: the browser may still carry one small request. The journal keeps it in any case.
  lastChance() {
    const body = this.body(this.journal.ready());
    if (this.stopped || this.inFlight || !this.journal.ready().length || body.length > KEEPALIVE_LIMIT) return;
    fetch(this.url, { ...this.options(body), keepalive: true }).catch(() => {});
  }
}
