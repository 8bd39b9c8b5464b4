/**
 * Kendall's rank correlation of two orders of the same options, from −1, reversed, to 1, the same. Options that an order
 * leaves out are tied behind those it names (tau-b: Kendall 1945, “The treatment of ties in ranking problems”); of whole
 * orders it is (C − D) / (n(n − 1)/2), with C pairs in the same order and D in the other (Kendall 1938).
 */
export function kendallTau(
  a: readonly string[],
  b: readonly string[],
  options: readonly string[],
): number {
  const inA = placesIn(a, options);
  const inB = placesIn(b, options);
  let [same, other, untiedA, untiedB] = [0, 0, 0, 0];
  for (let i = 0; i < options.length; i++)
    for (let j = i + 1; j < options.length; j++) {
      const orderA = Math.sign((inA[i] ?? 0) - (inA[j] ?? 0));
      const orderB = Math.sign((inB[i] ?? 0) - (inB[j] ?? 0));
      if (orderA !== 0) untiedA++;
      if (orderB !== 0) untiedB++;
      if (orderA * orderB > 0) same++;
      else if (orderA * orderB < 0) other++;
    }
  const most = Math.sqrt(untiedA * untiedB);
  return most === 0 ? 1 : (same - other) / most;
}

const placesIn = (order: readonly string[], options: readonly string[]): number[] =>
  options.map((option) => {
    const place = order.indexOf(option);
    return place < 0 ? order.length : place;
  });
