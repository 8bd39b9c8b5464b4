/** A ranking while it is made: all options, the ranked ones first. */
export type Order = readonly string[];

/** All options, those of a value first and in its order. */
export const orderOf = (options: readonly string[], value: readonly string[]): Order => [
  ...value.filter((one) => options.includes(one)),
  ...options.filter((one) => !value.includes(one)),
];

/** The option moved to a place. */
export function movedTo(order: Order, option: string, to: number): Order {
  const rest = order.filter((one) => one !== option);
  if (rest.length === order.length) return order;
  return rest.toSpliced(Math.max(0, Math.min(to, rest.length)), 0, option);
}

/**
 * The option takes the next rank: options pressed one after another stand in the order in which they were pressed. One
 * that was picked already is taken back.
 */
export function picked(
  order: Order,
  picks: readonly string[],
  option: string,
): { readonly order: Order; readonly picks: readonly string[] } {
  const now = picks.includes(option) ? picks.filter((one) => one !== option) : [...picks, option];
  return { order: [...now, ...order.filter((one) => !now.includes(one))], picks: now };
}
