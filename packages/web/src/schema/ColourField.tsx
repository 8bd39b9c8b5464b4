import { colourNames } from "@countersign/core";
import { NativeSelect } from "@mantine/core";

export interface ColourFieldProps {
  readonly place: number;
  /** A name, `#rrggbb`, or empty for that of its place. */
  readonly colour: string;
  /** The option's. */
  readonly name: string;
  readonly label?: string;
  readonly onChange: (colour: string) => void;
}

/** An option's colour: one of the set that can be told apart, by name; a colour from elsewhere stays to be chosen. */
export function ColourField({ place, colour, name, label, onChange }: ColourFieldProps) {
  const own = colour.startsWith("#") ? [{ value: colour, label: colour }] : [];
  return (
    <NativeSelect
      {...(label === undefined ? { "aria-label": `Colour of ${name}` } : { label })}
      data={[
        { value: "", label: colourNames[place % colourNames.length] ?? "" },
        ...colourNames.map((value) => ({ value, label: `${value}, always` })),
        ...own,
      ]}
      value={colour}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
