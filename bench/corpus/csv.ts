import { type CorpusRecord, corpus } from "./corpus.ts";

/** The columns of the corpus as a file. */
export const columns = ["key", "text", "stars", "language", "channel", "day", "verified", "truth"];
const atOnce = 2000;

/** A record's source, as an import of that file keeps it, in JSON. */
export function sourceOf({ key, text, metadata, truth }: CorpusRecord): string {
  const { stars, language, channel, day, verified } = metadata;
  const kept = { stars: String(stars), language, channel, day, verified: String(verified) };
  return JSON.stringify({ key, text, ...kept, truth });
}

/** Records of the corpus as a CSV file, some rows at a time. No text of it needs quotes. */
export function* corpusCsv(count: number): Generator<string> {
  let lines = [columns.join(",")];
  for (const { key, text, metadata, truth } of corpus(count)) {
    const { stars, language, channel, day, verified } = metadata;
    lines.push(`${key},${text},${stars},${language},${channel},${day},${verified},${truth}`);
    if (lines.length < atOnce) continue;
    yield `${lines.join("\n")}\n`;
    lines = [];
  }
  yield lines.length > 0 ? `${lines.join("\n")}\n` : "";
}
