import { Refused } from "./refused.ts";
import type { LabelledRow } from "./snapshot.ts";
import type { Cell, Table } from "./table.ts";
import { type ZipEntry, zipped } from "./zip.ts";

/** What a spreadsheet can hold: rows of a sheet with its header, columns, and characters of a cell. */
export const sheetRows = 1_048_576;
export const sheetColumns = 16_384;
export const cellCharacters = 32_767;

const chunkLength = 65_536;
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packaged = "http://schemas.openxmlformats.org/package/2006";

/**
 * Writes a table as a workbook. Texts are written as texts, so that a spreadsheet runs none of them. Rows that a sheet has
 * no room for stand in a further one, which begins with the header again.
 *
 * @param rowsPerSheet as many as a spreadsheet allows, but in tests
 */
export async function* workbook(
  table: Table,
  records: AsyncIterable<readonly LabelledRow[]>,
  rowsPerSheet = sheetRows,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* zipped(parts(table, records, rowsPerSheet), { level: 6, large: false });
}

async function* parts(
  table: Table,
  records: AsyncIterable<readonly LabelledRow[]>,
  rowsPerSheet: number,
): AsyncGenerator<ZipEntry, void, undefined> {
  const rows = rowsOf(table, records)[Symbol.asyncIterator]();
  let sheets = 0;
  try {
    for (let more = true; more; ) {
      sheets += 1;
      const content = sheet(table, rows, rowsPerSheet, (left) => {
        more = left;
      });
      yield { name: `xl/worksheets/sheet${sheets}.xml`, content };
    }
  } finally {
    await rows.return(undefined);
  }
  for (const [name, text] of Object.entries(frameOf(sheets))) yield { name, content: just(text) };
}

async function* rowsOf(table: Table, records: AsyncIterable<readonly LabelledRow[]>) {
  for await (const some of records)
    for (const record of some) for (const row of table.rowsOf(record)) yield { record, row };
}

async function* sheet(
  { columns }: Table,
  rows: AsyncGenerator<{ record: LabelledRow; row: readonly Cell[] }, void, undefined>,
  rowsPerSheet: number,
  ended: (left: boolean) => void,
): AsyncGenerator<string, void, undefined> {
  let chunk = `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`;
  chunk += rowXml(columns.map(({ name }) => name));
  let left = true;
  for (let filled = 1; filled < rowsPerSheet; filled += 1) {
    const { done, value } = await rows.next();
    if (done) {
      left = false;
      break;
    }
    for (const [at, cell] of value.row.entries())
      if (typeof cell === "string" && cell.length > cellCharacters)
        throw new Refused(tooLong(value.record.key, columns[at]?.name ?? ""));
    chunk += rowXml(value.row);
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = "";
  }
  yield `${chunk}</sheetData></worksheet>`;
  ended(left);
}

/** A cell of a spreadsheet has an end; cutting a text short would be worse than not writing it. */
export const tooLong = (key: string, column: string) =>
  ({
    type: "export-not-possible",
    what: `Record “${key.slice(0, 200)}” has more than ${cellCharacters.toLocaleString("en-US")} characters in “${column}”, which is what a cell of a spreadsheet holds at most.`,
    kept: "No spreadsheet was written.",
    next: "Leave that column out with the columns you choose, leave the record out, or take Parquet, CSV or JSON Lines.",
  }) as const;

function rowXml(cells: readonly Cell[]): string {
  let xml = "<row>";
  for (const cell of cells) {
    if (cell === null || cell === "") xml += "<c/>";
    else if (typeof cell === "number") xml += `<c><v>${cell}</v></c>`;
    else if (typeof cell === "boolean") xml += `<c t="b"><v>${cell ? 1 : 0}</v></c>`;
    else {
      const text = typeof cell === "string" ? cell : JSON.stringify(cell);
      xml += `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
    }
  }
  return `${xml}</row>`;
}

/** Characters that XML has no place for are written as `_x0007_`, and what looks like that already begins with `_x005F_`. */
const escaped = (text: string): string => (isPlain(text) ? text : withEscapes(text));

/** Most texts are: to look for all of that at once takes a fraction of five replacements. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const isPlain = (text: string): boolean => !/[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x/.test(text);

const withEscapes = (text: string): string =>
  text
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, "_x005F_")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .replace(/[\x00-\x08\x0b-\x1f\ufffe\uffff]/g, (character) => {
      const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
      return `_x${code}_`;
    })
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");

/** The parts that tell a spreadsheet which sheets there are. */
function frameOf(sheets: number): Readonly<Record<string, string>> {
  const numbers = Array.from({ length: sheets }, (_, at) => at + 1);
  const each = (write: (number: number) => string) => numbers.map(write).join("");
  return {
    "xl/workbook.xml": `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${each(
      (n) => `<sheet name="records${n === 1 ? "" : ` ${n}`}" sheetId="${n}" r:id="rId${n}"/>`,
    )}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${declaration}<Relationships xmlns="${packaged}/relationships">${each(
      (n) =>
        `<Relationship Id="rId${n}" Type="${relations}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
    )}</Relationships>`,
    "_rels/.rels": `${declaration}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "[Content_Types].xml": `${declaration}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${each(
      (n) =>
        `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`,
    )}</Types>`,
  };
}

async function* just(text: string): AsyncGenerator<string, void, undefined> {
  yield text;
}
