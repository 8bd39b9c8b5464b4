/** Deeper than any of our documents reads; what recurses over a request stays far from the stack's end. */
const deepest = 100;

/**
 * What no part of a request may hold, whatever its field: text that Postgres cannot store (NUL, or half of a surrogate
 * pair), and nesting without end. Tells the first fault found; undefined where there is none.
 */
export function unusable(part: unknown): string | undefined {
  const rest: [path: string, depth: number, value: unknown][] = [["", 0, part]];
  for (let next = rest.pop(); next; next = rest.pop()) {
    const [path, depth, value] = next;
    if (typeof value === "string" && (value.includes("\0") || !value.isWellFormed()))
      return `${path}: holds NUL or half of a surrogate pair, which are no characters`;
    if (typeof value !== "object" || value === null) continue;
    if (depth >= deepest) return `${path.slice(0, 50)}…: is nested more than ${deepest} deep`;
    for (const [name, field] of Object.entries(value)) {
      rest.push([name, depth, name]);
      rest.push([path ? `${path}.${name}` : name, depth + 1, field]);
    }
  }
  return undefined;
}
