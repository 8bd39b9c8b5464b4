/** Runs shorter than this narrow nothing: an index of trigrams knows none of them. */
const shortest = 3;

/**
 * Texts that stand, capitals aside, in whatever a pattern matches: what an index can look for before the pattern itself is
 * tried. Only plain patterns are read (PostgreSQL's advanced syntax, without alternatives outside of groups, options or
 * directors); of what is not understood nothing is required, so that no match is ever lost.
 */
export function requiredTexts(pattern: string): string[] {
  if (/^\*\*\*|\(\?|[^ -~]/.test(pattern)) return [];
  const runs: string[] = [];
  let run = "";
  const end = () => {
    if (run.length >= shortest) runs.push(run);
    run = "";
  };
  for (let at = 0; at < pattern.length; ) {
    const atom = atomAt(pattern, at);
    if (!atom) return [];
    at += atom.length;
    const [quantifier = ""] = /^([*+?]|\{\d*,?\d*\})\??/.exec(pattern.slice(at)) ?? [];
    at += quantifier.length;
    const isThere = !/^([*?]|\{0*[,}])/.test(quantifier);
    if (atom.letter !== undefined && isThere) run += atom.letter;
    if (atom.letter === undefined || quantifier !== "") end();
  }
  end();
  return runs;
}

/** An atom of a pattern: the letter that it stands for, if it is one. */
interface Atom {
  readonly length: number;
  readonly letter?: string;
}

/** The atom that begins somewhere; undefined where what a pattern requires cannot be told by reading on. */
function atomAt(pattern: string, at: number): Atom | undefined {
  const [first = ""] = pattern.slice(at);
  if (/[|*+?{})\]]/.test(first)) return undefined;
  if (first === "\\") return escapeAt(pattern, at);
  if (first === "(") return groupAt(pattern, at);
  if (first === "[") return bracketAt(pattern, at);
  return /[.^$]/.test(first) ? { length: 1 } : { length: 1, letter: first };
}

/** Escaped punctuation is itself; of letters and figures only those are read that stand for one character or a place. */
function escapeAt(pattern: string, at: number): Atom | undefined {
  const escaped = pattern[at + 1];
  if (escaped === undefined) return undefined;
  if (/[^\w]/.test(escaped)) return { length: 2, letter: escaped };
  return /[dswDSWAmMyYZ]/.test(escaped) ? { length: 2 } : undefined;
}

function bracketAt(pattern: string, at: number): Atom | undefined {
  const found = /^\[\^?\]?(?:\[:\w+:\]|[^\][\\])*\]/.exec(pattern.slice(at));
  return found ? { length: found[0].length } : undefined;
}

/** A group as a whole: what is required within it is not looked for. */
function groupAt(pattern: string, at: number): Atom | undefined {
  let end = at + 1;
  while (pattern[end] !== ")") {
    const inner = pattern[end] === undefined ? undefined : partAt(pattern, end);
    if (!inner) return undefined;
    end += inner.length;
  }
  return { length: end + 1 - at };
}

/** What may stand within a group: atoms, quantifiers and alternatives. */
function partAt(pattern: string, at: number): Atom | undefined {
  const [first = ""] = pattern.slice(at);
  if (/[|*+?]/.test(first)) return { length: 1 };
  const bounds = /^\{\d+(,\d*)?\}/.exec(pattern.slice(at));
  return bounds ? { length: bounds[0].length } : atomAt(pattern, at);
}
