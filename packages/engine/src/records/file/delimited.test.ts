import fc from "fast-check";
import { expect, test } from "vitest";
import { readDelimited } from "./delimited.ts";
import type { FilePart } from "./part.ts";

async function* chunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = (bytes: Buffer, size: number): Promise<FilePart[]> =>
  Array.fromAsync(readDelimited(chunks(bytes, size), { delimiter: ",", header: true }));

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const breaksIn = (text: string) => text.match(/\r\n|\r|\n/g)?.length ?? 0;

const cell = fc.array(fc.constantFrom("a", "é", "🦊", ",", '"', "\n", "\r\n", "\r", " "), {
  maxLength: 6,
});
const text = cell.map((parts) => parts.join("").replace(/\r$/, ""));
const table = fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 6 });
const lineBreak = fc.constantFrom("\n", "\r\n", "\r");
const size = fc.integer({ min: 1, max: 9 });

test("cells come back as they were written, with the line that each row starts on", async () => {
  await fc.assert(
    fc.asyncProperty(table, lineBreak, size, fc.nat(2), async (rows, end, chunk, empty) => {
      let line = 2;
      const expected = rows.map((cells) => {
        const start = line + empty;
        line = start + 1 + cells.reduce((sum, one) => sum + breaksIn(one), 0);
        return { kind: "row", line: start, cells };
      });
      const file = rows
        .map((cells) => end.repeat(empty) + cells.map(quoted).join(",") + end)
        .join("");
      expect(await read(Buffer.from(`x,y${end}${file}`), chunk)).toEqual([
        { kind: "columns", line: 1, header: true, columns: ["x", "y"] },
        ...expected,
      ]);
    }),
  );
});

test("rows that hold bytes that are not UTF-8 are rejected, and only they", async () => {
  await fc.assert(
    fc.asyncProperty(table, fc.nat(5), lineBreak, size, async (rows, which, end, chunk) => {
      const bad = which % rows.length;
      const latin1 = Buffer.from([0xe9]);
      const bytes = rows.flatMap(([x, y], index) => [
        Buffer.from(`${quoted(x)},`),
        index === bad ? latin1 : Buffer.from(quoted(y)),
        Buffer.from(end),
      ]);
      const parts = await read(Buffer.concat([Buffer.from(`x,y${end}`), ...bytes]), chunk);
      expect(parts).toHaveLength(rows.length + 1);
      for (const [index, part] of parts.slice(1).entries())
        expect(part).toMatchObject(
          index === bad
            ? { kind: "rejected", row: { column: "y" } }
            : { kind: "row", cells: rows[index] },
        );
    }),
  );
});
