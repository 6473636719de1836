// Undo and redo. A step is a pair of functions; what it changes goes through the journal like any other change.

const DEPTH = 200;

export class History {
  constructor() {
    this.past = [];
    this.future = [];
  }

  add(step) {
    this.past.push(step);
    if (this.past.length > DEPTH) this.past.shift();
    this.future = [];
  }

  undo() {
    const step = this.past.pop();
    if (!step) return null;
    step.undo();
    this.future.push(step);
    return step;
  }

  redo() {
    const step = this.future.pop();
    if (!step) return null;
    step.redo();
    this.past.push(step);
    return step;
  }
}
