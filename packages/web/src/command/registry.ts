/** Something a person can do now, by key, from the palette, or both. */
export interface Command {
  /** What it does, as an act: “Confirm the suggestion”. */
  readonly what: string;
  /** Any of these does it; written as `keyOf` names them. */
  readonly keys?: readonly string[];
  /** How the keys are drawn where listing them would be long: `1–9`. */
  readonly keysDrawn?: string;
  /** Kept out of the palette, for what only makes sense as a key. */
  readonly keyOnly?: boolean;
  /** @param key the key pressed; undefined from the palette */
  run(key: string | undefined): void;
}

/** The commands of one part of the screen, under its name. */
export interface CommandGroup {
  readonly name: string;
  readonly commands: readonly Command[];
}

/** Which commands there are at the moment. The overlay, the palette and the keyboard all read it. */
export interface Registry {
  put(id: string, group: CommandGroup): void;
  remove(id: string): void;
  /** The same array until something changes; later groups are the more particular ones. */
  groups(): readonly CommandGroup[];
  subscribe(listener: () => void): () => void;
}

export function createRegistry(): Registry {
  const byId = new Map<string, CommandGroup>();
  const listeners = new Set<() => void>();
  let groups: readonly CommandGroup[] = [];
  const changed = () => {
    groups = [...byId.values()];
    for (const listener of listeners) listener();
  };
  return {
    put(id, group) {
      byId.set(id, group);
      changed();
    },
    remove(id) {
      if (byId.delete(id)) changed();
    },
    groups: () => groups,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The command a key means: the most particular group's, where several have it. */
export function commandFor(groups: readonly CommandGroup[], key: string): Command | undefined {
  for (const group of groups.toReversed()) {
    const command = group.commands.find(({ keys }) => keys?.includes(key));
    if (command) return command;
  }
  return undefined;
}

/** A command that can be reached by key, under its group's name. */
export interface KeyedCommand {
  readonly group: string;
  readonly command: Command;
}

/** What the keys do at the moment, the most particular first; a command whose every key means another is left out. */
export function keyedCommands(groups: readonly CommandGroup[]): readonly KeyedCommand[] {
  return groups
    .toReversed()
    .flatMap(({ name, commands }) =>
      commands
        .filter((command) => command.keys?.some((key) => commandFor(groups, key) === command))
        .map((command) => ({ group: name, command })),
    );
}
