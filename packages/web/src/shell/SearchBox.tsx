import { useNavigate, useRouterState } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useCommands } from "../command/commands.tsx";
import styles from "./SearchBox.module.css";

/** Finds records by keyword, from every page; what was searched for stays in it. */
export function SearchBox({ project }: { readonly project: string }) {
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const searched = useRouterState({
    select: ({ location }) => ("q" in location.search ? String(location.search.q ?? "") : ""),
  });
  const [typed, setTyped] = useState<string>();
  useCommands("Everywhere", [
    { what: "Search records", keys: ["/"], run: () => input.current?.focus() },
  ]);
  return (
    <search className={styles.search}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const q = (typed ?? searched).trim();
          setTyped(undefined);
          navigate({
            to: "/p/$project/data",
            params: { project },
            search: (before) => ({ ...before, q: q || undefined, open: undefined }),
          });
        }}
      >
        <input
          ref={input}
          type="search"
          className={styles.input}
          value={typed ?? searched}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={() => setTyped(undefined)}
          placeholder="Search records…"
          aria-label="Search records"
          aria-keyshortcuts="/"
          maxLength={1000}
        />
      </form>
    </search>
  );
}
