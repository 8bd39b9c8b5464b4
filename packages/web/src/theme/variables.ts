import type { CSSVariablesResolver } from "@mantine/core";
import {
  dark,
  face,
  height,
  light,
  motion,
  type Palette,
  radius,
  recordMeasure,
  space,
  type,
} from "./tokens.ts";

const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const px = (prefix: string, lengths: Readonly<Record<string, number>>): [string, string][] =>
  Object.entries(lengths).map(([name, length]) => [`--${prefix}-${name}`, `${length}px`]);

function colours({ options, ...named }: Palette): Record<string, string> {
  return {
    ...Object.fromEntries(
      Object.entries(named).map(([name, value]) => [`--colour-${kebab(name)}`, value]),
    ),
    ...Object.fromEntries(options.map((value, index) => [`--colour-option-${index}`, value])),
  };
}

/** Mantine's own greys, from which its components take their edges and grounds, the lightest first. */
const greys = [
  "sunken",
  "sunken",
  "line",
  "line",
  "line-strong",
  "line-strong",
  "ink-soft",
  "ink-soft",
  "ink",
  "ink",
] as const;

/** The dark scheme counts from the text to the ground. */
const darkGreys = [
  "ink",
  "ink",
  "ink-soft",
  "ink-faint",
  "line-strong",
  "sunken",
  "paper",
  "paper",
  "ground",
  "ground",
] as const;

const grey = (name: "gray" | "dark", shades: readonly string[]): [string, string][] =>
  shades.map((token, shade) => [`--mantine-color-${name}-${shade}`, `var(--colour-${token})`]);

/** What Mantine's own components read, said in our names; the same for both schemes. */
const mantine = {
  ...Object.fromEntries([...grey("gray", greys), ...grey("dark", darkGreys)]),
  "--mantine-color-body": "var(--colour-paper)",
  "--mantine-color-text": "var(--colour-ink)",
  "--mantine-color-bright": "var(--colour-ink)",
  "--mantine-color-dimmed": "var(--colour-ink-soft)",
  "--mantine-color-placeholder": "var(--colour-ink-faint)",
  "--mantine-color-anchor": "var(--colour-accent)",
  "--mantine-color-error": "var(--colour-bad)",
  "--mantine-color-success": "var(--colour-accent)",
  "--mantine-color-default": "var(--colour-paper)",
  "--mantine-color-default-hover": "var(--colour-sunken)",
  "--mantine-color-default-color": "var(--colour-ink)",
  "--mantine-color-default-border": "var(--colour-line-strong)",
  "--mantine-color-disabled": "var(--colour-sunken)",
  "--mantine-color-disabled-color": "var(--colour-ink-faint)",
  "--mantine-color-disabled-border": "var(--colour-line)",
  "--mantine-primary-color-filled": "var(--colour-accent)",
  "--mantine-primary-color-filled-hover": "var(--colour-accent-hover)",
  "--mantine-primary-color-contrast": "var(--colour-accent-ink)",
  "--mantine-primary-color-light": "var(--colour-accent-soft)",
  "--mantine-primary-color-light-hover": "var(--colour-accent-soft)",
  "--mantine-primary-color-light-color": "var(--colour-accent)",
  "--mantine-color-ink-filled": "var(--colour-accent)",
  "--mantine-color-ink-filled-hover": "var(--colour-accent-hover)",
  "--mantine-color-ink-light": "var(--colour-accent-soft)",
  "--mantine-color-ink-light-hover": "var(--colour-accent-soft)",
  "--mantine-color-ink-light-color": "var(--colour-accent)",
  "--mantine-color-ink-outline": "var(--colour-accent)",
};

/** The tokens as CSS variables: `--colour-ink-soft`, `--space-2`, `--size-base`, … */
export const variables: CSSVariablesResolver = () => ({
  variables: Object.fromEntries([
    ...px("space", Object.fromEntries(Object.entries(space))),
    ...px("height", height),
    ...Object.entries(type).flatMap(([name, { size, line }]): [string, string][] => [
      [`--size-${name}`, `${size}px`],
      [`--line-${name}`, `${line}px`],
    ]),
    ["--radius", `${radius}px`],
    ["--record-measure", recordMeasure],
    ["--face-sans", face.sans],
    ["--face-mono", face.mono],
    ["--motion", motion],
  ]),
  light: { ...mantine, ...colours(light) },
  dark: { ...mantine, ...colours(dark) },
});
