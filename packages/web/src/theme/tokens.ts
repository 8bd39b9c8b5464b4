/**
 * Every colour, length and letter size of the screen. Components take them as the CSS variables that
 * `variables.ts` writes; nothing else in the app names a colour.
 */

/** One colour scheme. Both schemes have the same names, so that a component cannot know only one of them. */
export interface Palette {
  /** The desk: rail and header. */
  readonly ground: string;
  /** The paper on it: pages, fields, menus. */
  readonly paper: string;
  /** What lies a little deeper: table heads, hovered rows, code. */
  readonly sunken: string;
  readonly ink: string;
  /** Secondary text. */
  readonly inkSoft: string;
  /** Placeholders and units; still legible as text. */
  readonly inkFaint: string;
  /** Lines that separate. */
  readonly line: string;
  /** Lines that bound a control, and a machine's chip: 3 : 1 against paper. */
  readonly lineStrong: string;
  /** What the person may do next; links, the chosen, the focus ring. */
  readonly accent: string;
  readonly accentHover: string;
  readonly accentInk: string;
  /** The ground of what is chosen. */
  readonly accentSoft: string;
  /** Behind the matched words of a search. */
  readonly mark: string;
  readonly warn: string;
  readonly warnSoft: string;
  readonly bad: string;
  readonly badSoft: string;
  /**
   * Options by their place in the schema, repeating after the eighth. Told apart, and from paper, also with
   * protanopia, deuteranopia and tritanopia; used small, always beside the option's text.
   */
  readonly options: readonly [string, string, string, string, string, string, string, string];
}

export const light: Palette = {
  ground: "#f3f2ee",
  paper: "#fdfdfb",
  sunken: "#f6f5f1",
  ink: "#1a1b1d",
  inkSoft: "#53555a",
  inkFaint: "#696b70",
  line: "#e0ded8",
  lineStrong: "#85847f",
  accent: "#1f4fbf",
  accentHover: "#183f9c",
  accentInk: "#ffffff",
  accentSoft: "#e6ecf9",
  mark: "#ffe79c",
  warn: "#7d5000",
  warnSoft: "#faf0d7",
  bad: "#a9241b",
  badSoft: "#fae9e6",
  options: ["#2d34b9", "#c95011", "#2d8373", "#832670", "#534c00", "#391c4c", "#1592cb", "#600f1a"],
};

export const dark: Palette = {
  ground: "#141517",
  paper: "#1b1c1f",
  sunken: "#222427",
  ink: "#e9e7e2",
  inkSoft: "#b3b1ab",
  inkFaint: "#9d9b96",
  line: "#303236",
  lineStrong: "#7b7d83",
  accent: "#93b4ff",
  accentHover: "#b3caff",
  accentInk: "#0d1830",
  accentSoft: "#1f2a44",
  mark: "#5c4c10",
  warn: "#e6c26e",
  warnSoft: "#2f2816",
  bad: "#ff9f96",
  badSoft: "#3b201e",
  options: ["#8598ff", "#fc740b", "#53e8a6", "#dd99b0", "#e5d502", "#8558e4", "#438aab", "#c46868"],
};

/** Lengths, in pixels: everything sits on a grid of four. */
export const space = { 1: 4, 2: 8, 3: 12, 4: 16, 5: 20, 6: 24, 8: 32, 12: 48 } as const;

export const radius = 6;

/** Letter sizes with their line heights, in pixels. */
export const type = {
  /** Units, counters, chip footnotes. */
  small: { size: 12, line: 16 },
  base: { size: 14, line: 20 },
  /** Headings within a page. */
  large: { size: 16, line: 24 },
  /** A page's title. */
  title: { size: 20, line: 28 },
  /** A record's text where it is read: 18 px at 1.6, at most 68 characters a line. */
  record: { size: 18, line: 28.8 },
} as const;

export const recordMeasure = "68ch";

export const face = {
  sans: '"Inter Variable", system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif',
  mono: 'ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", Menlo, Consolas, monospace',
} as const;

/** Heights of what repeats, in pixels. */
export const height = { row: 36, control: 32, header: 48 } as const;

/** Motion shows where something went and nothing else. */
export const motion = "120ms ease-out";
