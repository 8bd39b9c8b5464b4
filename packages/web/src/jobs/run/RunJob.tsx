import type { Agent, Condition } from "@countersign/core";
import { Button, NumberInput, Radio } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import { count, counted } from "../../format/number.ts";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import { Page } from "../../shell/Page.tsx";
import { recordCount } from "./queries.ts";
import styles from "./RunJob.module.css";
import { SettingFields, type Settings } from "./SettingFields.tsx";

export interface RunJobProps {
  readonly project: string;
  readonly agent: Agent;
  /** Records found before; offered as a choice, and chosen. */
  readonly where: Condition | undefined;
}

type Which = "all" | "unlabelled" | "found";

/** Which records an agent is to label, and how hard the provider may be pressed. */
export function RunJob({ project, agent, where }: RunJobProps) {
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [which, setWhich] = useState<Which>(where === undefined ? "all" : "found");
  const [limit, setLimit] = useState<number | "">("");
  const [settings, setSettings] = useState<Settings>({});
  const conditions: Readonly<Record<Which, Condition | undefined>> = {
    all: undefined,
    unlabelled: { not: agent.content.labels.map((name) => ({ label: { name } })) },
    found: where,
  };
  const all = useQuery(recordCount(client, project, undefined)).data;
  const found = useQuery({ ...recordCount(client, project, where), enabled: where !== undefined });
  const unlabelled = useQuery(recordCount(client, project, conditions.unlabelled)).data;
  const totals = { all, unlabelled, found: found.data };
  const total = totals[which];
  const records = total === undefined ? undefined : Math.min(total, limit || total);
  const run = useMutation({
    mutationFn: () =>
      client.jobs.run({
        project,
        agent: agent.id,
        where: conditions[which],
        ...(limit !== "" && { limit }),
        settings,
      }),
    onSuccess: (job) => {
      queries.invalidateQueries({ queryKey: [project] });
      navigate({ to: "/p/$project/jobs/$job", params: { project, job: String(job.id) } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run.mutate();
  };
  const words = (n: number | undefined) => (n === undefined ? "" : ` (${count(n)})`);
  return (
    <Page
      title={`Which records is ${agent.name} to label?`}
      actions={
        <Link to="/p/$project/agents" params={{ project }}>
          Back to the agents
        </Link>
      }
    >
      <form onSubmit={submit} className={styles.form}>
        <Radio.Group
          aria-label="Records"
          value={which}
          onChange={(value) =>
            setWhich(value === "found" || value === "unlabelled" ? value : "all")
          }
        >
          <div className={styles.choices}>
            <Radio value="all" label={`All records${words(all)}`} />
            <Radio
              value="unlabelled"
              label={`Records without a label for ${agent.content.labels.join(" or ")}${words(unlabelled)}`}
            />
            {where !== undefined && (
              <Radio value="found" label={`The records you found${words(found.data)}`} />
            )}
          </div>
        </Radio.Group>
        <NumberInput
          label="Only the first"
          description="For a pilot; in the order of import."
          placeholder="all of them"
          min={1}
          allowDecimal={false}
          thousandSeparator
          value={limit}
          onChange={(value) => setLimit(typeof value === "number" ? value : "")}
          className={styles.limit}
        />
        <SettingFields settings={settings} onChange={setSettings} />
        <div>
          <Button type="submit" loading={run.isPending} disabled={!records}>
            Label {records === undefined ? "records" : counted(records, "record")}
          </Button>
        </div>
        {run.error && <ProblemNotice error={run.error} />}
      </form>
    </Page>
  );
}
