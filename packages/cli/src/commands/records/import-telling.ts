import {
  type ChosenReading,
  type ImportPreview,
  type ImportReport,
  metadataName,
} from "@countersign/core";
import { count, counted, duration } from "../../figures.ts";
import { printable, table } from "../../table.ts";

const layouts: Readonly<Record<ChosenReading["layout"], readonly string[]>> = {
  table: [],
  "label-studio": ["Label Studio"],
  argilla: ["Argilla"],
  countersign: ["an export from Countersign"],
};

/** How a file was read, in words: “CSV, comma, UTF-8, with a header”. */
export function readingInWords(reading: ChosenReading): string {
  const { format, gzip, encoding, delimiter, header, sheet, layout } = reading;
  const marks: Readonly<Record<string, string>> = {
    ",": "commas",
    "\t": "tabs",
    ";": "semicolons",
  };
  return [
    layouts[layout],
    gzip ? `${format.toUpperCase()} in gzip` : format.toUpperCase(),
    delimiter === null ? [] : (marks[delimiter] ?? `“${delimiter}”`),
    encoding ?? [],
    sheet === null ? [] : `sheet “${printable(sheet)}”`,
    header === null ? [] : header ? "first row is the header" : "no header",
  ]
    .flat()
    .join(", ");
}

/** What an import did. */
export function reportInWords(report: ImportReport, file: string, project: string): string {
  const { rows, added, updated, reading } = report;
  const dry = report.import === null;
  const [would, imported] = dry ? ["would be ", "Would import"] : ["", "Imported"];
  const lines = [
    added + updated + report.merged + report.labels + report.goldLabels + report.updatedLabels === 0
      ? `Nothing changed: ${project} already has all of ${file} (${counted(rows, "row")}).`
      : `${imported} ${counted(added, "record")} into ${project} in ${duration(report.seconds)}.`,
    `Read as ${readingInWords(reading)}.`,
  ];
  const tell = (n: number, what: string, verb = "") => {
    if (n > 0) lines.push(`${counted(n, what)}${verb}.`);
  };
  if (added + updated > 0)
    tell(report.unchanged, "row", " were already there and stay as they are");
  tell(updated, "record", ` ${would}updated`);
  tell(report.outdatedLabels, "label", " were given to a text that is now another");
  tell(report.skipped, "row", ` ${would}passed over: their key was there already`);
  tell(report.merged, "row", ` ${would}joined to a record with the same text`);
  tell(report.repeatedTexts, "record", " repeat a text that another record has");
  tell(report.goldLabels, "gold label", dry ? " would be stored" : " stored");
  tell(report.labels, "label", ` of other annotators ${would}stored`);
  tell(report.updatedLabels, "label", ` ${would}replaced`);
  tell(report.rejected, "row", " cannot be taken and were left out");
  for (const [reason, n] of Object.entries(report.leftOut))
    lines.push(`Left out: ${count(n)} ${printable(reason)}.`);
  if (dry) lines.push("This was a trial: nothing was stored.");
  return `${lines.join("\n")}\n`;
}

/** What a file's beginning shows, and the command that would import it. */
export function previewInWords(preview: ImportPreview, file: string): string {
  const { columns, controls, mapping, warnings, faults } = preview;
  const lines = [`${file} is read as ${readingInWords(preview.reading)}.`];
  if (preview.sheets.length > 1)
    lines.push(`Its sheets: ${preview.sheets.map((sheet) => `“${printable(sheet)}”`).join(", ")}.`);
  const role = roles(preview);
  lines.push(
    "",
    table(
      [
        { title: "column", width: 30 },
        { title: "becomes", width: 24 },
        { title: "its first cells", width: 70 },
      ],
      columns
        .slice(0, 100)
        .map(({ name, samples }) => [
          name === "" ? "(unnamed)" : name,
          role(name),
          samples.map((cell) => printable(cell).slice(0, 40)).join(" · "),
        ]),
    ).trimEnd(),
  );
  if (columns.length > 100) lines.push(`… and ${count(columns.length - 100)} more columns`);
  if (controls.length > 0)
    lines.push(
      "",
      table(
        [
          { title: "label in the file", width: 30 },
          { title: "becomes", width: 24 },
          { title: "by", width: 40 },
        ],
        controls.map(({ name, label, annotators }) => [
          name,
          label ?? "left out: no such label in the schema",
          annotators.map((one) => one.name).join(", "),
        ]),
      ).trimEnd(),
    );
  for (const warning of warnings) lines.push("", printable(warning));
  for (const { row, column, reason } of faults)
    lines.push(
      `row ${row}${column === undefined ? "" : `, column “${printable(column)}”`}: ${printable(reason)}`,
    );
  const options = optionsFor(mapping);
  lines.push(
    "",
    `Nothing was stored. To import it so: countersign records import ${file}${options}`,
  );
  return `${lines.join("\n")}\n`;
}

function roles({ mapping }: ImportPreview): (column: string) => string {
  const said = new Map<string, string>();
  const say = (column: string | undefined, role: string) => {
    if (column !== undefined) said.set(column, role);
  };
  say(mapping.key, "the key");
  say(mapping.text, "the text");
  say(mapping.turns, "the conversation");
  say(mapping.image, "the image");
  for (const given of mapping.metadata) say(metadataName(given), "metadata");
  for (const [label, gold] of Object.entries(mapping.gold))
    say(typeof gold === "string" ? gold : gold.column, `true ${label} (gold)`);
  for (const { column, label, by } of mapping.labels)
    say(column, `${label} by ${"name" in by ? by.name : by.column}`);
  return (column) => said.get(column) ?? "kept with the record";
}

const quote = (word: string): string =>
  /^[\w./=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

function optionsFor({
  key,
  text,
  turns,
  image,
  gold,
  labels,
  controls,
  metadata,
}: ImportPreview["mapping"]): string {
  const options: [string, string | undefined][] = [
    ["key", key],
    ["text", text],
    ["turns", turns],
    ["image", image],
    ...Object.entries(gold).map(([label, given]): [string, string] => [
      "gold",
      `${label}=${typeof given === "string" ? given : given.column}`,
    ]),
    ...labels.map(({ label, column, by, kind }): [string, string] => [
      kind,
      `${label}=${column}=${"name" in by ? by.name : `@${by.column}`}`,
    ]),
    ...Object.entries(controls).map(([control, label]): [string, string] => [
      "control",
      `${control}=${label ?? ""}`,
    ]),
  ];
  const searched = metadata.map((given) => ` ${quote(metadataName(given))}`);
  return [
    ...options.flatMap(([name, value]) =>
      value === undefined ? [] : ` --${name} ${quote(value)}`,
    ),
    ...(searched.length > 0 ? [" --metadata", ...searched] : []),
  ].join("");
}
