import { useLocalStorage } from "@mantine/hooks";
import { Outlet, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useCommands } from "../command/commands.tsx";
import { Palette } from "../command/Palette.tsx";
import { Shortcuts } from "../command/Shortcuts.tsx";
import { Header } from "./Header.tsx";
import { nouns } from "./nouns.tsx";
import { Rail } from "./Rail.tsx";
import styles from "./Shell.module.css";
import { useArrival } from "./use-arrival.ts";

/** What stands around every page; without a project there is no rail. */
export function Shell({ project }: { readonly project?: string }) {
  const navigate = useNavigate();
  const [collapsed, setCollapsed] = useLocalStorage({
    key: "countersign-rail-collapsed",
    getInitialValueInEffect: false,
    defaultValue: matchMedia("(max-width: 1000px)").matches,
  });
  useArrival();
  const [shown, setShown] = useState<"palette" | "shortcuts">();

  useCommands("Everywhere", [
    { what: "Find a command", keys: ["Mod+k"], keyOnly: true, run: () => setShown("palette") },
    { what: "Keyboard shortcuts", keys: ["?"], run: () => setShown("shortcuts") },
  ]);
  useCommands("Go to", [
    ...(project === undefined
      ? []
      : nouns.map(({ name, to }) => ({
          what: name,
          run: () => navigate({ to, params: { project } }),
        }))),
    { what: "All projects", run: () => navigate({ to: "/" }) },
  ]);

  return (
    <div className={styles.shell}>
      {project !== undefined && (
        <Rail project={project} collapsed={collapsed} onCollapse={setCollapsed} />
      )}
      <Header project={project} onShortcuts={() => setShown("shortcuts")} />
      <div className={styles.page}>
        <Outlet />
      </div>
      <Palette opened={shown === "palette"} onClose={() => setShown(undefined)} />
      <Shortcuts opened={shown === "shortcuts"} onClose={() => setShown(undefined)} />
    </div>
  );
}
