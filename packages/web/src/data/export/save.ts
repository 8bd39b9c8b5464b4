/** Saves a stream as a file of the person's: the browser keeps it on disk while it arrives, and then names it. */
export async function save(stream: ReadableStream<Uint8Array>, name: string): Promise<void> {
  const address = URL.createObjectURL(await new Response(stream).blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by then; until it has, the address must stand.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
