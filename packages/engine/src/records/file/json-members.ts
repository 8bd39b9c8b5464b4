/**
 * The members of a JSON object, names read and values as written. `JSON.parse` rounds long numbers and keeps one of two
 * members with the same name; this does neither.
 *
 * @param text one valid JSON object
 */
export function jsonMembers(text: string): {
  readonly names: readonly string[];
  readonly values: readonly string[];
} {
  const names: string[] = [];
  const values: string[] = [];
  let at = skip(text, text.indexOf("{") + 1);
  while (text[at] === '"') {
    const nameEnd = endOfString(text, at);
    names.push(JSON.parse(text.slice(at, nameEnd)));
    const value = skip(text, skip(text, nameEnd) + 1);
    const valueEnd = endOfValue(text, value);
    values.push(text.slice(value, valueEnd));
    const after = skip(text, valueEnd);
    at = text[after] === "," ? skip(text, after + 1) : after;
  }
  return { names, values };
}

const whiteSpace = /[ \t\r\n]*/y;

function skip(text: string, from: number): number {
  whiteSpace.lastIndex = from;
  whiteSpace.test(text);
  return whiteSpace.lastIndex;
}

function endOfString(text: string, from: number): number {
  for (let quote = text.indexOf('"', from + 1); ; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === "\\") backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
}

const scalar = /[^,}\]\s]*/y;

function endOfValue(text: string, from: number): number {
  const first = text[from];
  if (first === '"') return endOfString(text, from);
  if (first !== "{" && first !== "[") {
    scalar.lastIndex = from;
    scalar.test(text);
    return scalar.lastIndex;
  }
  let depth = 0;
  for (let at = from; ; at += 1) {
    const char = text[at];
    if (char === '"') at = endOfString(text, at) - 1;
    else if (char === "{" || char === "[") depth += 1;
    else if (char === "}" || char === "]") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
}
