/**
 * Thrown within a file's reading where it cannot go on: what is said of the file is for a person. It is caught where the
 * file was opened, and becomes a rejected row.
 */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
}
