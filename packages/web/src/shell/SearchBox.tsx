import { useMatchRoute, useNavigate, useRouterState } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useCommands } from "../command/commands.tsx";
import styles from "./SearchBox.module.css";

/** Finds records by keyword: in the review's queue where that is open, else among the data. */
export function SearchBox({ project }: { readonly project: string }) {
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const searched = useRouterState({
    select: ({ location }) =>
      "keyword" in location.search ? String(location.search.keyword ?? "") : "",
  });
  const reviewing = useMatchRoute()({ to: "/p/$project/review" }) !== false;
  const [typed, setTyped] = useState<string>();
  useCommands("Everywhere", [
    { what: "Search records", keys: ["/"], run: () => input.current?.focus() },
  ]);
  return (
    <search className={styles.search}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const keyword = (typed ?? searched).trim() || undefined;
          setTyped(undefined);
          if (reviewing)
            navigate({
              from: "/p/$project/review",
              to: ".",
              search: (before) => ({ ...before, keyword }),
            });
          else navigate({ to: "/p/$project/data", params: { project }, search: { keyword } });
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
