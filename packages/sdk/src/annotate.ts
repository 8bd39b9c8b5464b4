import { api, type RouteInput } from "@countersign/contract";
import type { Condition, Label, LabelledRecord, Metadata, SearchPage } from "@countersign/core";
import { method } from "./method.ts";
import type { CallOptions, Transport } from "./transport.ts";

/** A value of metadata: anything that JSON holds, but null. */
export type MetadataValue = NonNullable<Metadata[string]>;

/** How far a function over records is. */
export interface AnnotateProgress {
  /** Records or labels looked at so far. */
  readonly seen: number;
  /** Those that were given a value. */
  readonly set: number;
  /** Those that had one already. */
  readonly skipped: number;
  /** Records that the search found when it began; of very many, an estimate. */
  readonly records: number;
}

export interface AnnotateInput {
  readonly project: string;
  /** The records to go over; all if left out. */
  readonly where?: Condition | undefined;
  /** The metadata's name. */
  readonly name: string;
  /** So many records are fetched, and given to the function, at a time: 1 to 1,000. */
  readonly batch?: number | undefined;
  /** Call the function for what has a value already, too, and replace it. */
  readonly redo?: boolean | undefined;
  /** Told after each batch. */
  readonly onProgress?: ((progress: AnnotateProgress) => void) | undefined;
}

/** A label with the record that it is of. */
export interface LabelOfRecord {
  readonly record: LabelledRecord;
  readonly label: Label;
}

/** Values for what was given, in its order; undefined leaves one as it is. */
export type Annotate<Thing> = (
  things: readonly Thing[],
) => readonly (MetadataValue | undefined)[] | Promise<readonly (MetadataValue | undefined)[]>;

/** What a function goes over: records, or labels on them. */
interface Subject<Thing> {
  /** The things on one record. */
  readonly of: (record: LabelledRecord) => readonly Thing[];
  readonly has: (thing: Thing, name: string) => boolean;
  /** What a search asks for to leave out records on which nothing is to be done; nothing where that cannot be asked. */
  readonly without?: ((name: string) => Condition) | undefined;
  readonly store: (
    values: readonly { readonly thing: Thing; readonly value: MetadataValue }[],
    options: CallOptions | undefined,
  ) => Promise<unknown>;
}

/** A request's body stays well below what a server takes, so that long vectors come in several. */
const mostCharacters = 4_000_000;

/** Goes over the records of a search once, in order of id, with one batch fetched ahead. */
async function annotate<Thing>(
  transport: Transport,
  subject: Subject<Thing>,
  input: AnnotateInput,
  work: Annotate<Thing>,
  options: CallOptions | undefined,
): Promise<AnnotateProgress> {
  const { project, where, name, batch = 100, redo = false, onProgress } = input;
  const search = method(transport, api.records.search);
  const missing = redo ? undefined : subject.without?.(name);
  const open = missing && where ? { all: [where, missing] } : (missing ?? where);
  const page = (after: string | undefined) => {
    const asked: RouteInput<typeof api.records.search> = {
      project,
      limit: batch,
      count: after === undefined,
      ...(open && { where: open }),
      ...(after !== undefined && { after }),
    };
    const coming = search(asked, options);
    // Fetched ahead, it may fail before anybody awaits it.
    coming.catch(() => undefined);
    return coming;
  };

  // Records that have the value are counted but not fetched, so that going on costs nothing for what is done.
  const all = missing
    ? (await search({ project, limit: 1, count: true, ...(where && { where }) }, options)).count?.n
    : undefined;
  let progress: AnnotateProgress = { seen: 0, set: 0, skipped: 0, records: all ?? 0 };
  let coming: Promise<SearchPage> | undefined = page(undefined);
  while (coming) {
    const { records, next, count }: SearchPage = await coming;
    coming = next === null ? undefined : page(next);
    const things = records.flatMap((record) => subject.of(record));
    const todo = redo ? things : things.filter((thing) => !subject.has(thing, name));
    const values = todo.length > 0 ? await work(todo) : [];
    if (values.length !== todo.length)
      throw new TypeError(
        `The function was given ${todo.length} and returned ${values.length} values; what was set before stays. Return one for each, undefined where there is none.`,
      );
    options?.signal?.throwIfAborted();
    const found = todo.flatMap((thing, place) => {
      const value = values[place];
      return value === undefined ? [] : [{ thing, value }];
    });
    for (const part of parts(found)) await subject.store(part, options);
    const passed = count && all !== undefined ? Math.max(0, all - count.n) : 0;
    progress = {
      seen: progress.seen + passed + things.length,
      set: progress.set + found.length,
      skipped: progress.skipped + passed + things.length - todo.length,
      records: all ?? count?.n ?? progress.records,
    };
    onProgress?.(progress);
  }
  return progress;
}

/** Values in as few parts as fit into a request each. */
function* parts<Thing>(found: readonly { readonly thing: Thing; readonly value: MetadataValue }[]) {
  let part: (typeof found)[number][] = [];
  let size = 0;
  for (const one of found) {
    const more = JSON.stringify(one.value).length + 100;
    if (part.length > 0 && size + more > mostCharacters) {
      yield part;
      part = [];
      size = 0;
    }
    part.push(one);
    size += more;
  }
  if (part.length > 0) yield part;
}

const isThere = (metadata: Metadata, name: string): boolean =>
  Object.hasOwn(metadata, name) && metadata[name] !== null;

export const annotateRecords =
  (transport: Transport) =>
  (input: AnnotateInput, work: Annotate<LabelledRecord>, options?: CallOptions) => {
    const { project, name } = input;
    const set = method(transport, api.records.setMetadata);
    return annotate(
      transport,
      {
        of: (record) => [record],
        has: (record) => isThere(record.metadata, name),
        without: (name) => ({ metadata: { [name]: { exists: false } } }),
        store: (values, options) =>
          set(
            {
              project,
              entries: values.map(({ thing, value }) => ({
                record: thing.id,
                set: { [name]: value },
              })),
            },
            options,
          ),
      },
      input,
      work,
      options,
    );
  };

export interface AnnotateLabelsInput extends AnnotateInput {
  /** Labels of this name only. */
  readonly label?: string | undefined;
  /** Labels of this job only; everybody's but gold if left out. */
  readonly job?: number | undefined;
}

export const annotateLabels =
  (transport: Transport) =>
  (input: AnnotateLabelsInput, work: Annotate<LabelOfRecord>, options?: CallOptions) => {
    const { project, name, label: named, job } = input;
    const set = method(transport, api.labels.setMetadata);
    return annotate(
      transport,
      {
        of: (record) =>
          record.labels
            .filter((label) => named === undefined || label.name === named)
            .filter((label) => job === undefined || label.annotator.job === job)
            .map((label) => ({ record, label })),
        has: ({ label }) => isThere(label.metadata.user ?? {}, name),
        store: (values, options) =>
          set(
            {
              project,
              entries: values.map(({ thing, value }) => ({
                label: thing.label.id,
                set: { [name]: value },
              })),
            },
            options,
          ),
      },
      input,
      work,
      options,
    );
  };
