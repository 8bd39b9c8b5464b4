import type { Job } from "@countersign/core";
import { Choice } from "../../sentence/Choice.tsx";
import type { FilterPartProps } from "./filter-part.ts";

/** Whose label is meant. */
export function ByPart({
  search,
  jobs,
  onChange,
}: FilterPartProps & { readonly jobs: readonly Job[] }) {
  return (
    <Choice
      name="By"
      set={search.by !== undefined}
      options={[
        ["anybody", "anybody"],
        ...jobs.map(({ id, agent }) => [String(id), `job ${id} (${agent.name})`] as const),
        ["gold", "gold"],
      ]}
      chosen={String(search.by ?? "anybody")}
      onChoose={(by) =>
        onChange({
          by: by === "anybody" ? undefined : by === "gold" ? by : Number(by),
          ...(by === "anybody" || by === "gold" ? { order: "imported" as const } : {}),
        })
      }
    />
  );
}
