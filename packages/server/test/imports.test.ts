import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { Countersign } from "@countersign/sdk";
import { expect, test } from "vitest";
import { startServer } from "./running-server.ts";

const mapping = { key: "id", text: "text" };
const rows = (count: number) =>
  `id,text\n${Array.from({ length: count }, (_, n) => `${n},text ${n} ${randomBytes(20).toString("hex")}\n`).join("")}`;

test("an upload that breaks off goes on where the server has it, in another process too, and is imported once", async () => {
  await using server = await startServer();
  await server.client.projects.create({ name: "p" });
  const file = new Blob([gzipSync(rows(2000))]);
  const upload = { project: "p", name: "rows.csv.gz", file, fingerprint: "f", partLength: 10_000 };
  const broken = new AbortController();
  await expect(
    server.client.imports.upload(
      {
        ...upload,
        onProgress: ({ received }) => received > 25_000 && broken.abort(new Error("killed")),
      },
      { signal: broken.signal },
    ),
  ).rejects.toThrow("killed");

  const offsets: number[] = [];
  // every third request meets no server, and one part's reply is lost after the part has come
  let calls = 0;
  const flaky = new Countersign({
    url: server.url,
    fetch: async (request) => {
      calls += 1;
      if (calls % 3 === 0) throw new TypeError("fetch failed");
      const response = await fetch(request);
      if (calls === 4) throw new TypeError("fetch failed");
      return response;
    },
  });
  const { id } = await flaky.imports.upload({
    ...upload,
    onProgress: ({ received }) => offsets.push(received),
  });
  expect(offsets[0]).toBeGreaterThanOrEqual(20_000);
  expect(offsets.at(-1)).toBe(file.size);

  const preview = await server.client.imports.preview({ project: "p", import: id });
  expect(preview).toMatchObject({
    reading: { format: "csv", gzip: true, delimiter: "," },
    mapping: { key: "id", text: "text" },
    rowsRead: 200,
  });
  expect(await server.client.imports.commit({ project: "p", import: id, mapping })).toMatchObject({
    import: id,
    rows: 2000,
    added: 2000,
  });
  expect(await server.client.imports.get({ project: "p", import: id })).toMatchObject({
    state: "imported",
    report: { added: 2000 },
  });
  await expect(
    server.client.imports.commit({ project: "p", import: id, mapping }),
  ).rejects.toMatchObject({ problem: { type: "import-incomplete" } });
});

test("parts follow each other, and half a file is not imported", async () => {
  await using server = await startServer();
  await server.client.projects.create({ name: "p" });
  const { imports } = server.client;
  const { id } = await imports.create({ project: "p", name: "a.csv", size: 20 });
  const at = (offset: number, text: string) =>
    imports.part({ project: "p", import: id, offset, bytes: Buffer.from(text) });
  await at(0, "id,text\n1,");
  await expect(at(5, "x")).rejects.toMatchObject({
    problem: { type: "import-part-misplaced", next: "Go on at byte 10." },
  });
  await expect(at(10, "far too long to fit")).rejects.toMatchObject({
    problem: { type: "import-part-misplaced" },
  });
  await expect(imports.commit({ project: "p", import: id, mapping })).rejects.toMatchObject({
    problem: { type: "import-incomplete" },
  });
  expect((await at(10, "one\n2,two\n")).state).toBe("received");
  expect(await imports.commit({ project: "p", import: id, mapping })).toMatchObject({ added: 2 });
});

test("a refused file can be read in another way; its rejections are downloaded; it can be given up", async () => {
  await using server = await startServer();
  const { projects, imports } = server.client;
  await projects.create({ name: "p" });
  const file = new Blob(["id,text\n1,one\n2,\n"]);
  const { id } = await imports.upload({ project: "p", name: "=a.csv", file });
  await expect(imports.commit({ project: "p", import: id, mapping })).rejects.toMatchObject({
    problem: { type: "import-rejected", rows: [{ row: 3 }] },
  });
  const csv = await new Response(await imports.rejections({ project: "p", import: id })).text();
  expect(csv).toBe('row,column,reason\r\n3,"text","is empty; a record needs a text"\r\n');
  const again = { project: "p", import: id, mapping, badRows: "leave-out" } as const;
  expect(await imports.commit(again)).toMatchObject({ added: 1, rejected: 1 });
  await imports.remove({ project: "p", import: id });
  expect(await Array.fromAsync(imports.list({ project: "p" }))).toEqual([]);
});

test("hostile files over HTTP get clear answers, in and out, and the server goes on", async () => {
  await using server = await startServer();
  const { projects, imports, records } = server.client;
  await projects.create({ name: "p" });
  const send = async (name: string, bytes: Uint8Array<ArrayBuffer>) => {
    const { id } = await imports.upload({ project: "p", name, file: new Blob([bytes]) });
    return imports.commit({ project: "p", import: id, mapping });
  };
  const bomb = gzipSync(Buffer.alloc(300_000_000, "x\n"), { level: 9 });
  await expect(send("bomb.csv.gz", Uint8Array.from(bomb))).rejects.toMatchObject({
    problem: { type: "import-rejected" },
  });
  const line = Buffer.alloc(20_000_000, "x");
  line.write('id,text\n1,"');
  await expect(send("line.csv", Uint8Array.from(line))).rejects.toMatchObject({
    problem: { type: "import-rejected", what: expect.stringMatching(/longer than 8,000,000/) },
  });
  await expect(
    send("key.csv", Uint8Array.from(Buffer.from("id,text\na\u0007b,one\n"))),
  ).rejects.toMatchObject({
    problem: { type: "import-rejected", what: expect.stringMatching(/control character/) },
  });
  expect((await projects.get({ project: "p" })).records).toBe(0);

  const columns = Array.from({ length: 4_998 }, (_, n) => `c${n}`).join(",");
  const key = "‮e\u0301مفتاح";
  const wide = `id,text,${columns}\n${key},=1+1${",=x".repeat(4_998)}\n`;
  expect(await send("wide.csv", Uint8Array.from(Buffer.from(wide)))).toMatchObject({ added: 1 });
  for (const format of ["csv", "jsonl", "xlsx", "parquet"] as const) {
    const file = await records.export({ project: "p", format });
    const again = `again-${format}`;
    await projects.create({ name: again });
    const bytes = new Uint8Array(await new Response(file).arrayBuffer());
    const { id } = await imports.upload({
      project: again,
      name: `p.${format}`,
      file: new Blob([bytes]),
    });
    const whole = { key: "key", text: "text" };
    expect(await imports.commit({ project: again, import: id, mapping: whole })).toMatchObject({
      added: 1,
      reading: { layout: "countersign" },
    });
    const found = await records.search({ project: again });
    expect(found.records).toMatchObject([{ key, content: "=1+1" }]);
  }
});

test("a look at a file that is sent changes nothing", async () => {
  await using server = await startServer();
  const { projects, records } = server.client;
  await projects.create({ name: "p" });
  const file = Buffer.from("no;text\n1;caf\xe9\n1;x", "latin1");
  const preview = await records.preview({ project: "p", name: "a.csv", file, partial: true });
  expect(preview).toMatchObject({
    reading: { format: "csv", delimiter: ";", encoding: "windows-1252", header: true },
    columns: [
      { name: "no", samples: ["1"] },
      { name: "text", samples: ["café"] },
    ],
    mapping: { text: "text" },
  });
  expect((await projects.get({ project: "p" })).records).toBe(0);
});

test("who has only a token has nothing downloaded, and nobody a private address", async () => {
  await using server = await startServer();
  await server.client.projects.create({ name: "p" });
  const { secret } = await server.client.tokens.create({ name: "guest" });
  const guest = new Countersign({ url: server.url, token: secret });
  const url = "https://169.254.169.254/latest/meta-data";
  await expect(guest.imports.fetch({ project: "p", url })).rejects.toMatchObject({
    problem: { type: "url-not-allowed", status: 403 },
  });
  await expect(server.client.imports.fetch({ project: "p", url })).rejects.toMatchObject({
    problem: { type: "download-failed", what: expect.stringContaining("private network") },
  });
  expect(await Array.fromAsync(server.client.imports.list({ project: "p" }))).toEqual([]);
});
