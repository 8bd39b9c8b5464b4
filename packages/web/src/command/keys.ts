type Press = Pick<KeyboardEvent, "key" | "code" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

/**
 * The name of a key press: `Enter`, `Shift+Enter`, `Mod+k` (⌘ or Ctrl), `f`, `Shift+f`, `?`.
 * Shift is named only where it does not already show in the character; Caps Lock changes nothing.
 */
export function keyOf(event: Press): string {
  const key = meant(event);
  const letter = /^\p{L}$/u.test(key);
  const printable = [...key].length === 1;
  return [
    (event.ctrlKey || event.metaKey) && "Mod",
    event.altKey && "Alt",
    event.shiftKey && (letter || !printable) && "Shift",
    letter ? key.toLowerCase() : key,
  ]
    .filter(Boolean)
    .join("+");
}

/** A key by its place on the keyboard where the layout has no digit or no Latin letter there. */
function meant({ key, code, shiftKey }: Press): string {
  const [, digit, letter] = /^(?:Digit([0-9])|Key([A-Z]))$/.exec(code) ?? [];
  if (digit) return shiftKey ? key : digit;
  return letter && /^(?!\p{Script=Latin})\p{L}$/u.test(key) ? letter.toLowerCase() : key;
}

const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

const drawn: Readonly<Record<string, string>> = {
  Mod: isMac ? "⌘" : "Ctrl",
  Shift: "⇧",
  Alt: isMac ? "⌥" : "Alt",
  Enter: "⏎",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  " ": "Space",
};

/** A key's name as it is drawn on the screen: `Mod+k` is `Ctrl K`, `Shift+Enter` is `⇧ ⏎`. */
export const drawnKey = (key: string): string =>
  key
    .split(/\+(?=.)/)
    .map((part) => drawn[part] ?? (/^\p{L}$/u.test(part) ? part.toUpperCase() : part))
    .join(" ");

/** Whether a press belongs to what has the focus: letters to a field, Enter and Space to a button or link. */
export function isTaken(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("input, textarea, select, [contenteditable='true']"))
    return !(event.ctrlKey || event.metaKey);
  return (
    (event.key === "Enter" || event.key === " ") &&
    target.closest("button, a, summary, [role='button'], [role='option']") !== null
  );
}
