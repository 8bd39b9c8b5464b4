import { describe, expect, it } from "vitest";
import { type Command, commandFor, createRegistry, keyedCommands } from "./registry.ts";

const command = (what: string, ...keys: string[]): Command => ({
  what,
  keys,
  run: () => undefined,
});

const search = command("Search records", "/");
const help = command("Keyboard shortcuts", "?");
const find = command("Find an option", "/", "f");

describe("commands", () => {
  it("of the part that came last have the first claim to a key", () => {
    const registry = createRegistry();
    registry.put("shell", { name: "Everywhere", commands: [search, help] });
    registry.put("review", { name: "Review", commands: [find] });
    expect(commandFor(registry.groups(), "/")).toBe(find);
    expect(commandFor(registry.groups(), "?")).toBe(help);
    registry.remove("review");
    expect(commandFor(registry.groups(), "/")).toBe(search);
  });

  it("are listed with what their keys do, not with what they would do elsewhere", () => {
    const groups = [
      { name: "Everywhere", commands: [search, help] },
      { name: "Review", commands: [find] },
    ];
    expect(keyedCommands(groups)).toEqual([
      { group: "Review", command: find },
      { group: "Everywhere", command: help },
    ]);
  });

  it("put again take the place of those before, and those who look are told", () => {
    const registry = createRegistry();
    let told = 0;
    const stop = registry.subscribe(() => {
      told += 1;
    });
    registry.put("a", { name: "A", commands: [search] });
    registry.put("a", { name: "A", commands: [help] });
    expect(registry.groups()).toEqual([{ name: "A", commands: [help] }]);
    expect(told).toBe(2);
    stop();
    registry.remove("a");
    expect(told).toBe(2);
  });
});
