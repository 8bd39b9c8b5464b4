/** A value that changes, and those who want to know. */
export interface Store<Value> {
  get(): Value;
  /** Listeners are told at once, unless the value stays the same. */
  update(change: (value: Value) => Value): void;
  subscribe(listener: () => void): () => void;
}

export function createStore<Value>(initial: Value): Store<Value> {
  const listeners = new Set<() => void>();
  let value = initial;
  return {
    get: () => value,
    update(change) {
      const changed = change(value);
      if (changed === value) return;
      value = changed;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
