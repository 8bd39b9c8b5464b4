import { type Frame, factsOf } from "./facts.ts";
import type { LabelledRow } from "./snapshot.ts";

/** A record as one line of JSON. */
export function jsonLine(row: LabelledRow, frame: Frame): string {
  const { key, content, metadata, source, labels } = row;
  const facts = factsOf(labels, frame).map(
    (of, at) => `${JSON.stringify(frame.names[at])}:${JSON.stringify(of)}`,
  );
  return `{"key":${JSON.stringify(key)},"text":${JSON.stringify(content)},"metadata":${metadata},"source":${source},"labels":{${facts}}}\n`;
}
