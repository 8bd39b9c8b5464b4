import { type Agent, BatchSettings, type Condition, hasBatches } from "@countersign/core";
import { Button, Checkbox, NumberInput, Radio } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useMemo, useState } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import { count, counted } from "../../format/number.ts";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import { Page } from "../../shell/Page.tsx";
import { Estimate } from "./Estimate.tsx";
import { jobEstimate, recordCount } from "./queries.ts";
import styles from "./RunJob.module.css";
import { BudgetFields, SettingFields, type Settings } from "./SettingFields.tsx";

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
  const unlabelled = useMemo<Condition>(
    () => ({ not: agent.content.labels.map((name) => ({ label: { name } })) }),
    [agent.content.labels],
  );
  const all = useQuery(recordCount(client, project, undefined)).data;
  const found = useQuery({ ...recordCount(client, project, where), enabled: where !== undefined });
  const open = useQuery(recordCount(client, project, unlabelled)).data;
  const totals = { all, unlabelled: open, found: found.data };
  const total = totals[which];
  const records = total === undefined ? undefined : Math.min(total, limit || total);
  const asked = useMemo(
    () => ({
      project,
      agent: agent.id,
      where: { all: undefined, unlabelled, found: where }[which],
      ...(limit !== "" && { limit }),
      settings,
    }),
    [project, agent.id, unlabelled, where, which, limit, settings],
  );
  // Nothing is reckoned between two key presses.
  const [settled] = useDebouncedValue(asked, 400);
  const estimate = useQuery({ ...jobEstimate(client, settled), enabled: Boolean(records) });
  const run = useMutation({
    mutationFn: () => client.jobs.run(asked),
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
              label={`Records without a label for ${agent.content.labels.join(" or ")}${words(open)}`}
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
        <BudgetFields settings={settings} onChange={setSettings} />
        {hasBatches(agent.content.model) && (
          <Checkbox
            label="Ask in batches"
            description="At half the price; the provider answers within a day, as a rule within an hour."
            checked={settings.batch !== undefined}
            onChange={({ currentTarget: { checked } }) =>
              setSettings({ ...settings, batch: checked ? BatchSettings.parse({}) : undefined })
            }
          />
        )}
        <SettingFields settings={settings} onChange={setSettings} />
        <div className={styles.start}>
          <Button type="submit" loading={run.isPending} disabled={!records}>
            Label {records === undefined ? "records" : counted(records, "record")}
          </Button>
          {estimate.data && !estimate.error && (
            <Estimate estimate={estimate.data} budget={settings.budget ?? {}} />
          )}
        </div>
        {(run.error ?? estimate.error) && <ProblemNotice error={run.error ?? estimate.error} />}
      </form>
    </Page>
  );
}
