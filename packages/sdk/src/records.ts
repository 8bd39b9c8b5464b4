import { api, type RouteInput, type StreamMedia } from "@countersign/contract";
import type { ImportFormat, ImportPreview, ImportReport, SearchPage } from "@countersign/core";
import { annotateRecords } from "./annotate.ts";
import { method } from "./method.ts";
import type { CallOptions, FileBody, Transport } from "./transport.ts";

const media = {
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  json: "application/json",
  jsonl: "application/x-ndjson",
  parquet: "application/vnd.apache.parquet",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const satisfies Record<ImportFormat, StreamMedia>;

const mediaOf = (format: ImportFormat | undefined): StreamMedia =>
  format === undefined ? "application/octet-stream" : media[format];

export const records = (transport: Transport) => {
  const search = method(transport, api.records.search);

  return {
    /**
     * Imports a file: all of its rows that the rules take, or none. A stream or Blob is sent as it is read.
     * In Node a file on disk is best given as `await openAsBlob(path)`.
     */
    async import(
      { file, ...input }: RouteInput<typeof api.records.import> & { file: FileBody },
      options?: CallOptions,
    ): Promise<ImportReport> {
      const body = { body: file, media: mediaOf(input.format) };
      return transport.json(api.records.import, input, { ...options, file: body });
    },

    /** The beginning of a file, how it would be read, and a guess at what its columns are; nothing is stored. */
    async preview(
      { file, ...input }: RouteInput<typeof api.records.preview> & { file: FileBody },
      options?: CallOptions,
    ): Promise<ImportPreview> {
      const body = { body: file, media: mediaOf(input.format) };
      return transport.json(api.records.preview, input, { ...options, file: body });
    },

    /** One page of the records that a search finds, each with its labels. */
    search,

    /** The search's pages, from `after` or the first to the last; a page is fetched when it is asked for. */
    async *pages(
      input: RouteInput<typeof api.records.search>,
      options?: CallOptions,
    ): AsyncGenerator<SearchPage, void, undefined> {
      let after = input.after;
      do {
        const page = await search({ ...input, after }, options);
        yield page;
        after = page.next ?? undefined;
      } while (after !== undefined);
    },

    /** Keeps the lists of numbers in the metadata under a name as vectors, to find similar records by. */
    vectors: method(transport, api.records.vectors),
    /** Sets and removes metadata of records: all of it, or none; names not spoken of stay. */
    setMetadata: method(transport, api.records.setMetadata),

    /**
     * Takes metadata away from the records that a search finds, to the last of them. How many had it.
     * Broken off, what was removed is removed; called again, it goes on with the rest.
     */
    async removeMetadata(
      input: Omit<RouteInput<typeof api.records.removeMetadata>, "after">,
      options?: CallOptions,
    ): Promise<{ changed: number }> {
      const remove = method(transport, api.records.removeMetadata);
      let changed = 0;
      let after: string | undefined;
      do {
        const part = await remove({ ...input, ...(after !== undefined && { after }) }, options);
        changed += part.changed;
        after = part.next ?? undefined;
      } while (after !== undefined);
      return { changed };
    },

    /**
     * Gives the records of a search a value of metadata each, as a function works it out for some of them at a time.
     * What a batch gave is stored before the next; records that have the value already are passed over unless `redo` is
     * asked for, so that what was broken off goes on where it was.
     *
     * ```ts
     * await client.records.annotate({ project: "airline", name: "length" }, (records) =>
     *   records.map(({ content }) => content.length),
     * );
     * ```
     */
    annotate: annotateRecords(transport),

    /** One record with its source columns and the history of its verdicts. */
    get: method(transport, api.records.get),

    /** Deletes the records that a condition holds for now, with their labels and verdicts, for good. */
    remove: method(transport, api.records.remove),

    /** The labelling interface for Label Studio that fits the project's export for it. */
    labelConfig: method(transport, api.records.labelConfig),

    /**
     * Records with model label, confidence, verification, final label and its source, in order of record id:
     * the file's bytes, as they come. The stream fails where the connection breaks before the file's end.
     */
    async export(
      input: RouteInput<typeof api.records.export>,
      options?: CallOptions,
    ): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
      const response = await transport.send(api.records.export, input, options);
      return response.body ?? new Blob().stream();
    },
  };
};
