import type { Agent } from "@countersign/core";
import { NativeSelect } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import styles from "./Fields.module.css";
import { providers } from "./providers.ts";
import type { AgentsSearch } from "./search.ts";

const route = getRouteApi("/p/$project/agents");

type Filter = Pick<AgentsSearch, "provider" | "model" | "creator">;

const valuesOf = ({ content, createdBy }: Agent) => ({
  provider: content.model.provider,
  model: content.model.model,
  creator: createdBy,
});

/** Whether an agent is of the provider, model and creator asked for. */
export const isOf =
  ({ provider, model, creator }: Filter) =>
  (agent: Agent): boolean => {
    const values = valuesOf(agent);
    return (
      (provider === undefined || provider === values.provider) &&
      (model === undefined || model === values.model) &&
      (creator === undefined || creator === values.creator)
    );
  };

/** Narrows the list down; what there is no choice of is not asked. */
export function AgentFilters({ agents }: { readonly agents: readonly Agent[] }) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/p/$project/agents" });
  const choices = (name: keyof Filter) =>
    [...new Set(agents.map((agent) => valuesOf(agent)[name]))].toSorted();
  const select = (name: keyof Filter, label: string, called = (value: string) => value) => {
    const values = choices(name);
    if (values.length < 2 && search[name] === undefined) return null;
    return (
      <NativeSelect
        label={label}
        value={search[name] ?? ""}
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
