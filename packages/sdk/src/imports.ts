import { api, type RouteInput } from "@countersign/contract";
import type { Import, ImportReport } from "@countersign/core";
import { CountersignError } from "./error.ts";
import { method, sequence } from "./method.ts";
import type { CallOptions, Transport } from "./transport.ts";

const partLength = 4_000_000;
const longestWaitMs = 15_000;

export interface Upload {
  readonly project: string;
  readonly name: string;
  readonly file: Blob;
  /** What the file is known by: the same again goes on with an upload that broke off, from another process too. */
  readonly fingerprint?: string | undefined;
  /** The import to go on with, in place of one that the fingerprint finds. */
  readonly import?: number | undefined;
  /** Bytes a part has. */
  readonly partLength?: number | undefined;
  /** How often in a row a part may meet no server before it is given up. */
  readonly attempts?: number | undefined;
  readonly onProgress?: ((upload: Import) => void) | undefined;
}

export const imports = (transport: Transport) => {
  const get = method(transport, api.imports.get);
  const create = method(transport, api.imports.create);

  /** Calls again while no server answers, each time after a longer wait. */
  async function persistently<Value>(
    act: () => Promise<Value>,
    attempts: number,
    signal?: AbortSignal,
  ): Promise<Value> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await act();
      } catch (error) {
        const lost =
          error instanceof CountersignError && error.problem.type === "server-unreachable";
        if (!lost || attempt >= attempts) throw error;
        await waited(Math.min(250 * 2 ** (attempt - 1), longestWaitMs), signal);
      }
    }
  }

  return {
    /** Begins to send a file, or finds where sending it broke off. */
    create,

    /** Has the server download a file from an https address. */
    fetch: method(transport, api.imports.fetch),

    /** Imports, newest first. */
    list: sequence(transport, api.imports.list),

    get,

    /** Sends the next part of a file. */
    async part(
      {
        bytes,
        ...input
      }: RouteInput<typeof api.imports.part> & { bytes: Blob | Uint8Array<ArrayBuffer> },
      options?: CallOptions,
    ): Promise<Import> {
      const file = { body: bytes, media: "application/octet-stream" as const };
      return transport.json(api.imports.part, input, { ...options, file });
    },

    /**
     * Sends a file in parts and goes on by itself where a connection breaks, or where an upload of the same fingerprint broke
     * off before. Resolves when all of it is there, ready to be looked at and committed.
     */
    async upload(
      { project, name, file, fingerprint, onProgress, ...how }: Upload,
      options: CallOptions = {},
    ): Promise<Import> {
      const { signal } = options;
      const attempts = how.attempts ?? 8;
      const begin = {
        project,
        name,
        size: file.size,
        ...(fingerprint !== undefined && { fingerprint }),
      };
      const { import: id } = how;
      const first = () =>
        id === undefined ? create(begin, options) : get({ project, import: id }, options);
      let upload = await persistently(first, attempts, signal);
      onProgress?.(upload);
      while (upload.state === "receiving") {
        const { id, received: offset } = upload;
        const bytes = file.slice(offset, offset + (how.partLength ?? partLength));
        const input = { project, import: id, offset };
        upload = await persistently(
          async () => {
            try {
              return await this.part({ ...input, bytes }, options);
            } catch (error) {
              // The part may have come although its reply did not.
              if (
                error instanceof CountersignError &&
                error.problem.type === "import-part-misplaced"
              )
                return get({ project, import: id }, options);
              throw error;
            }
          },
          attempts,
          signal,
        );
        onProgress?.(upload);
      }
      return upload;
    },

    /** The beginning of what came, and how it would be imported. */
    preview: method(transport, api.imports.preview),

    /**
     * Imports what came. It goes on at the server when the connection breaks; then what came of it is asked for until it is
     * known.
     */
    async commit(
      input: RouteInput<typeof api.imports.commit>,
      options: CallOptions = {},
    ): Promise<ImportReport> {
      const reference = { project: input.project, import: input.import };
      for (let tries = 1; ; tries += 1) {
        try {
          return await transport.json(api.imports.commit, input, options);
        } catch (error) {
          const lost =
            error instanceof CountersignError && error.problem.type === "server-unreachable";
          if (!lost || tries > 3) throw error;
          let now = await persistently(() => get(reference, options), 8, options.signal);
          while (now.state === "importing") {
            await waited(1000, options.signal);
            now = await persistently(() => get(reference, options), 8, options.signal);
          }
          // Otherwise it did not come to its end, and reading it again does the same or tells why not.
          if (now.state === "imported" && now.report) return now.report;
        }
      }
    },

    /** Every row that could not be taken, with its reason: the file's bytes, as they come. */
    async rejections(
      input: RouteInput<typeof api.imports.rejections>,
      options?: CallOptions,
    ): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
      const response = await transport.send(api.imports.rejections, input, options);
      return response.body ?? new Blob().stream();
    },

    /** Gives an import up, or forgets it; records that it brought stay. */
    remove: method(transport, api.imports.remove),
  };
};

const waited = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", gone, { once: true });
    function done() {
      signal?.removeEventListener("abort", gone);
      resolve();
    }
    function gone() {
      clearTimeout(timer);
      reject(signal?.reason);
    }
  });
