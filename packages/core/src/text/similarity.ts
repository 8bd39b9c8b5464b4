/**
 * How alike two texts are: 1 − distance / length of the longer, with the optimal-string-alignment distance (insertions,
 * deletions, substitutions and swaps of neighbours, each costing 1; Damerau 1964). 1 for equal texts, 0 for texts
 * without a character in common. Takes time in proportion to the product of the lengths.
 */
export function similarity(a: string, b: string): number {
  const longer = Math.max(a.length, b.length);
  return longer === 0 ? 1 : 1 - distance(a, b) / longer;
}

function distance(a: string, b: string): number {
  let twoBack: number[] = [];
  let back: number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min(
        at(back, column) + 1,
        at(current, column - 1) + 1,
        at(back, column - 1) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        least = Math.min(least, at(twoBack, column - 2) + 1);
      current.push(least);
    }
    twoBack = back;
    back = current;
  }
  return at(back, b.length);
}

const at = (row: readonly number[], column: number): number => row[column] ?? 0;
