import type { Agent } from "@countersign/core";
import { NativeSelect } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import styles from "./Fields.module.css";
import { providers } from "./providers.ts";
import type { AgentFilter } from "./queries.ts";

const route = getRouteApi("/p/$project/agents");

const valuesOf = ({ content, createdBy }: Agent) => ({
  provider: content.model.provider,
  model: content.model.model,
  creator: createdBy,
});

/** Narrows the list down, of which the server asks all; what there is no choice of among the newest is not offered. */
export function AgentFilters({ agents }: { readonly agents: readonly Agent[] }) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/p/$project/agents" });
  const choices = (name: keyof AgentFilter) =>
    [...new Set(agents.map((agent) => valuesOf(agent)[name]))].toSorted();
  const select = (name: keyof AgentFilter, label: string, called = (value: string) => value) => {
    const values = choices(name);
    const chosen = search[name];
    if (values.length < 2 && chosen === undefined) return null;
    // What the address asks for may be older than those that the choice is made of.
    if (chosen !== undefined && !values.includes(chosen)) values.push(chosen);
    return (
      <NativeSelect
        label={label}
        value={chosen ?? ""}
        data={[
          { value: "", label: "any" },
          ...values.map((value) => ({ value, label: called(value) })),
        ]}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          void navigate({
            search: (before) => ({ ...before, [name]: chosen === "" ? undefined : chosen }),
            replace: true,
          });
        }}
      />
    );
  };
  const nameOf = (provider: string) =>
    Object.entries(providers).find(([key]) => key === provider)?.[1].name ?? provider;
  return (
    <div className={styles.pair}>
      {select("provider", "Provider", nameOf)}
      {select("model", "Model")}
      {select("creator", "Made by")}
    </div>
  );
}
