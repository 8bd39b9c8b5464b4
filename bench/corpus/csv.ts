import { corpus } from "./corpus.ts";

const columns = ["key", "text", "stars", "language", "channel", "day", "verified", "truth"];
const atOnce = 2000;

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
