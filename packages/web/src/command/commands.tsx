import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useState,
  useSyncExternalStore,
} from "react";
import { isTaken, keyOf } from "./keys.ts";
import { type Command, type CommandGroup, commandFor, createRegistry } from "./registry.ts";

const RegistryContext = createContext(createRegistry());

/** Holds the registry and hands key presses to its commands, unless what has the focus needs them itself. */
export function CommandsProvider({ children }: { readonly children: ReactNode }) {
  const [registry] = useState(createRegistry);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isTaken(event)) return;
      if (document.querySelector("[aria-modal='true'], [role='menu'], [role='dialog']")) return;
      const key = keyOf(event);
      const command = commandFor(registry.groups(), key);
      if (!command) return;
      event.preventDefault();
      command.run(key);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [registry]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

/** Offers commands while the calling component is on the screen; those of the latest render count. */
export function useCommands(name: string, commands: readonly Command[]): void {
  const registry = useContext(RegistryContext);
  const id = useId();
  // Before the paint: a key pressed on what is seen must mean what is seen.
  useLayoutEffect(() => registry.put(id, { name, commands }));
  useLayoutEffect(() => () => registry.remove(id), [registry, id]);
}

/** The commands there are now, the most general first. */
export function useCommandGroups(): readonly CommandGroup[] {
  const registry = useContext(RegistryContext);
  return useSyncExternalStore(registry.subscribe, registry.groups);
}
