export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Longer cells are cut to so many characters and end in …. */
  readonly width?: number;
}

/** Lays rows out in columns. What a terminal would obey in a cell (control characters) is shown, not sent. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cells = [columns.map((column) => column.title), ...rows].map((row) =>
    row.map((cell, index) => fit(printable(cell), columns[index]?.width)),
  );
  const widths = columns.map((_, index) =>
    Math.max(...cells.map((row) => length(row[index] ?? ""))),
  );
  const lines = cells.map((row) =>
    row
      .map((cell, index) => {
        const padding = " ".repeat((widths[index] ?? 0) - length(cell));
        return columns[index]?.align === "right" ? padding + cell : cell + padding;
      })
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}

/** Text without line breaks and without control characters, so that a record cannot drive the terminal. */
export function printable(text: string): string {
  return text.replaceAll(/\s+/gu, " ").replaceAll(/\p{Cc}|\p{Bidi_Control}/gu, "�");
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

const length = (text: string): number => [...graphemes.segment(text)].length;

function fit(text: string, width: number | undefined): string {
  if (width === undefined || text.length <= width) return text;
  const units = [...graphemes.segment(text.slice(0, width * 4))].map((unit) => unit.segment);
  return units.length <= width ? text : `${units.slice(0, width - 1).join("")}…`;
}
