import { describe, expect, it } from "vitest";
import { dark, light, type Palette } from "./tokens.ts";

type Triple = readonly [number, number, number];

/** sRGB to linear light (IEC 61966-2-1). */
function linear(hex: string): Triple {
  const channel = (at: number): number => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** Contrast ratio of two colours (WCAG 2.2, 1.4.3). */
function contrast(a: string, b: string): number {
  const luminance = ([r, g, b]: Triple): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const [low = 0, high = 0] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

type Matrix = readonly [Triple, Triple, Triple];
const apply = (matrix: Matrix, v: Triple): Triple => {
  const row = ([a, b, c]: Triple): number => a * v[0] + b * v[1] + c * v[2];
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
};

/** What eyes make of linear light: full deficiency, Machado, Oliveira & Fernandes 2009. */
const eyes: Readonly<Record<string, Matrix>> = {
  "full colour": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Linear light to OKLab (Ottosson 2020). */
function oklab(light: Triple): Triple {
  const cone = apply(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    light,
  );
  return apply(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [Math.cbrt(cone[0]), Math.cbrt(cone[1]), Math.cbrt(cone[2])],
  );
}

const schemes: readonly [string, Palette][] = [
  ["light", light],
  ["dark", dark],
];

describe.each(schemes)("the %s scheme", (_name, palette) => {
  const grounds = ["ground", "paper", "sunken", "accentSoft"] as const;

  it.each(grounds)("text of every weight is legible on %s (AA, 4.5 : 1)", (ground) => {
    for (const text of ["ink", "inkSoft", "inkFaint", "accent"] as const)
      expect([text, contrast(palette[text], palette[ground]) >= 4.5]).toEqual([text, true]);
  });

  it.each([
    ["accentInk", "accent"],
    ["accentInk", "accentHover"],
    ["paper", "ink"],
    ["ink", "mark"],
    ["ink", "warnSoft"],
    ["warn", "warnSoft"],
    ["ink", "badSoft"],
    ["bad", "badSoft"],
    ["bad", "paper"],
    ["warn", "paper"],
  ] as const)("%s is legible on %s", (text, ground) => {
    expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["ground", "paper", "sunken"] as const)(
    "what bounds a control, and every option's colour, is visible on %s (AA, 3 : 1)",
    (ground) => {
      for (const colour of [palette.lineStrong, palette.accent, ...palette.options])
        expect([colour, contrast(colour, palette[ground]) >= 3]).toEqual([colour, true]);
    },
  );

  it.each(Object.entries(eyes))("options are told apart with %s", (_eye, matrix) => {
    const seen = palette.options.map((hex) => oklab(apply(matrix, linear(hex))));
    for (const [i, a] of seen.entries())
      for (const b of seen.slice(0, i))
        expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeGreaterThan(0.08);
  });
});
