import type { FileReading, Import, ImportPreview } from "@countersign/core";
import type { Countersign } from "@countersign/sdk";

/** What is imported: a file at hand, of which an upload may have a part already, or an upload that is here whole. */
export type Source =
  | { readonly name: string; readonly file: File; readonly upload?: Import }
  | { readonly name: string; readonly file?: undefined; readonly upload: Import };

/** The bytes it has. */
export const sizeOf = ({ file, upload }: Source): number => file?.size ?? upload?.size ?? 0;

const beginning = 1_000_000;

/** Whether a file's beginning is enough to look at it; a table of parts is read from its end. */
const readFromTheStart = (name: string, { format }: FileReading): boolean =>
  format === undefined
    ? !/\.(parquet|xlsx|xlsm)(\.gz)?$/i.test(name)
    : format !== "parquet" && format !== "xlsx";

/** Its beginning as the server reads it: of a file at hand no more is sent than that takes, and nothing is stored. */
export async function previewOf(
  client: Countersign,
  project: string,
  source: Source,
  reading: FileReading,
): Promise<ImportPreview> {
  if (!source.file)
    return client.imports.preview({ project, import: source.upload.id, ...reading });
  const { name, file } = source;
  const partial = file.size > beginning && readFromTheStart(name, reading);
  const bytes = partial ? file.slice(0, beginning) : file;
  return client.records.preview({ project, name, ...reading, partial, file: bytes });
}

/** Sends what the server does not have yet; the import, ready to be committed. */
export async function send(
  client: Countersign,
  project: string,
  source: Source,
  onProgress: (share: number) => void,
): Promise<number> {
  if (!source.file) return source.upload.id;
  const { name, file, upload } = source;
  const sent = await client.imports.upload({
    project,
    name,
    file,
    import: upload?.id,
    fingerprint: `${file.name} ${file.size} ${file.lastModified}`.slice(-200),
    onProgress: ({ received, size }) => onProgress(size ? received / size : 1),
  });
  return sent.id;
}
