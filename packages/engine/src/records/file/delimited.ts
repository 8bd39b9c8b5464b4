import { finished } from "node:stream/promises";
import { CsvError, type Parser, parse } from "csv-parse";
import { unnamed } from "./form.ts";
import { faultInColumns, longestRow, notUtf8, tooLongRow } from "./limits.ts";
import { broken, type FilePart, rejected } from "./part.ts";
import { lineBreaksIn, Utf8Watch } from "./utf8.ts";

interface ParsedRow {
  readonly cells: readonly string[];
  /** Empty lines passed over so far. */
  readonly emptyLines: number;
}

export interface Delimited {
  readonly delimiter: string;
  /** Whether the first row names the columns; else they are numbered. */
  readonly header: boolean;
}

/**
 * Reads CSV or TSV (RFC 4180, with any line break and delimiter, and empty lines passed over): a header, if it has one, then rows of
 * as many cells. Where quotes are wrong, nobody knows where the next row starts, and reading ends. In memory is one
 * chunk with its rows, or one row.
 */
export async function* readDelimited(
  body: AsyncIterable<Uint8Array>,
  { delimiter, header }: Delimited,
): AsyncGenerator<FilePart, void> {
  const parsed: ParsedRow[] = [];
  const parser = parse({
    bom: true,
    delimiter,
    max_record_size: longestRow,
    on_record: (cells: string[], { empty_lines: emptyLines }) => {
      parsed.push({ cells, emptyLines });
      return null;
    },
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_empty_lines: true,
  });
  // Its errors are told to whoever feeds it.
  parser.on("error", () => undefined);

  const watch = new Utf8Watch();
  let columns: readonly string[] | undefined;
  let line = 1;
  let emptyLines = 0;
  const passEmptyLines = (count: number) => {
    line += count - emptyLines;
    emptyLines = count;
  };

  function* take(): Generator<FilePart, "go on" | "stop"> {
    for (const row of parsed.splice(0)) {
      passEmptyLines(row.emptyLines);
      const start = line;
      for (const cell of row.cells) line += lineBreaksIn(cell);
      const bad = watch.isBad(start, line);
      line += 1;
      if (columns === undefined) {
        const names = header ? row.cells : row.cells.map((_, place) => unnamed(place + 1));
        const fault = bad && header ? { reason: notUtf8 } : faultInColumns(names);
        if (fault) {
          yield broken(start, fault.reason, fault.column);
          return "stop";
        }
        columns = names;
        yield { kind: "columns", line: start, header: true, columns };
        if (header) continue;
      }
      if (row.cells.length !== columns.length) {
        yield rejected(
          start,
          `has ${counted(row.cells.length, "cell")} where the ${header ? "header" : "first row"} has ${counted(columns.length, "column")}`,
        );
      } else if (bad) {
        const cell = row.cells.findIndex((text) => text.includes("\ufffd"));
        yield rejected(start, notUtf8, columns[cell]);
      } else {
        yield { kind: "row", line: start, cells: row.cells };
      }
    }
    return "go on";
  }

  for await (const chunk of body) {
    watch.look(chunk);
    const fault = await feed(parser, chunk);
    if ((yield* take()) === "stop") return;
    if (fault) {
      passEmptyLines(parser.info.empty_lines);
      yield broken(line, `${reasonOf(fault)}; reading ended here`, columnOf(fault, columns));
      return;
    }
  }
  watch.end();
  const fault = await finish(parser);
  if ((yield* take()) === "stop" || !fault) return;
  passEmptyLines(parser.info.empty_lines);
  yield broken(line, reasonOf(fault), columnOf(fault, columns));
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;

const feed = (parser: Parser, chunk: Uint8Array) =>
  new Promise<Error | undefined>((resolve) => {
    parser.write(chunk, (error) => resolve(error ?? undefined));
  });

const finish = (parser: Parser) => {
  parser.end();
  return finished(parser, { readable: false }).then(
    () => undefined,
    (error: Error) => error,
  );
};

function reasonOf(fault: Error): string {
  if (!(fault instanceof CsvError)) throw fault;
  switch (fault.code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return "has bad quoting: a cell starts with a quote that is never closed";
    case "CSV_INVALID_CLOSING_QUOTE":
      return "has bad quoting: after the quote that closes a cell there is more text (a quote inside a quoted cell is written twice)";
    case "INVALID_OPENING_QUOTE":
      return "has bad quoting: a quote stands inside a cell that does not start with one (put the cell in quotes, and write the quotes inside it twice)";
    case "CSV_MAX_RECORD_SIZE":
      return `${tooLongRow}; perhaps a quote is never closed`;
    default:
      throw fault;
  }
}

function columnOf(fault: Error, columns: readonly string[] = []): string | undefined {
  const index = fault instanceof CsvError ? fault.column : undefined;
  return typeof index === "number" ? columns[index] : undefined;
}
