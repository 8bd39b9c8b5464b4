/** Numbers of a vector where a request does not say how many. */
export const usualDimensions = 256;

/**
 * A text as a vector of length 1: its runs of three characters, each counted at the place and with the sign that its hash
 * says. Always the same for the same text, and the nearer another the more of them both have.
 */
export function vectorOf(text: string, dimensions: number): number[] {
  const counts = new Array<number>(dimensions).fill(0);
  const letters = [...`  ${text.toLowerCase().trim()} `];
  for (let at = 0; at + 3 <= letters.length; at += 1) {
    const hash = hashed(letters.slice(at, at + 3).join(""));
    const place = (hash >>> 1) % dimensions;
    counts[place] = (counts[place] ?? 0) + (hash & 1 ? 1 : -1);
  }
  const length = Math.hypot(...counts);
  return length === 0 ? counts.map((_, at) => (at === 0 ? 1 : 0)) : counts.map((n) => n / length);
}

/** FNV-1a, mixed once more, as its lowest bits depend on few of the text's. */
function hashed(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
