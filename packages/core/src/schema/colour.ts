import { z } from "zod";

/**
 * The colours an option may be given by name, in the order in which options without a colour get them. They can be told
 * apart with protanopia, deuteranopia and tritanopia, and have a light and a dark form.
 */
export const colourNames = [
  "blue",
  "orange",
  "teal",
  "plum",
  "olive",
  "violet",
  "sky",
  "maroon",
] as const;
export type ColourName = (typeof colourNames)[number];

/** An option's colour: a name of {@link colourNames}, or `#rrggbb`, which is shown as it is. */
export const OptionColour = z
  .union([
    z.enum(colourNames),
    z
      .string()
      .regex(
        /^#[0-9a-f]{6}$/,
        `is no colour: write #rrggbb in small letters, or one of ${colourNames.join(", ")}`,
      ),
  ])
  .meta({ id: "OptionColour" });
export type OptionColour = z.infer<typeof OptionColour>;
