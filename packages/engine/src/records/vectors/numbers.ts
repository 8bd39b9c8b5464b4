/** Numbers as they are stored: 32-bit floats, big-endian, as Postgres sends them. */
export function writeNumbers(numbers: ArrayLike<number>): Buffer {
  const bytes = Buffer.allocUnsafe(numbers.length * 4);
  for (let at = 0; at < numbers.length; at += 1) bytes.writeFloatBE(numbers[at] ?? 0, at * 4);
  return bytes;
}

/** Reads what {@link writeNumbers} wrote. */
export function readNumbers(bytes: Buffer): Float32Array {
  const numbers = new Float32Array(bytes.length / 4);
  for (let at = 0; at < numbers.length; at += 1) numbers[at] = bytes.readFloatBE(at * 4);
  return numbers;
}
