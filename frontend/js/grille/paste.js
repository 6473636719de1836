// What a spreadsheet puts in the clipboard: cells between tabs, rows between line ends, quotes around the rest.

export function parseTable(text) {
  const rows = [];
  let row = [];
  let i = 0;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  while (i <= source.length) {
    let cell = "";
    if (source[i] === '"' && closes(source, i)) {
      i += 1;
      while (i < source.length && !(source[i] === '"' && source[i + 1] !== '"')) {
        cell += source[i];
        i += source[i] === '"' ? 2 : 1;
      }
      i += 1;
    } else {
      while (i < source.length && source[i] !== "\t" && source[i] !== "\n") cell += source[i++];
    }
    row.push(cell);
    if (source[i] !== "\t") {
      rows.push(row);
      row = [];
    }
    i += 1;
  }
  return rows;
}

// A quote opens a cell only if it is closed before a tab, a line end or the end: 3" of rope is not a quoted cell.
function closes(source, start) {
  for (let i = start + 1; i < source.length; i += 1) {
    if (source[i] !== '"') continue;
    if (source[i + 1] === '"') i += 1;
    else return i + 1 === source.length || source[i + 1] === "\t" || source[i + 1] === "\n";
  }
  return false;
}

export function isTable(text) {
  const trimmed = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  return trimmed.includes("\t") || trimmed.includes("\n");
}
