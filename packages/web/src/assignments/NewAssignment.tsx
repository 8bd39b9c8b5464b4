import {
  type AssignmentOrder,
  type Condition,
  type NewAssignmentInput,
  AssignmentOrder as Orders,
  type SchemaDocument,
} from "@countersign/core";
import {
  Button,
  Checkbox,
  NativeSelect,
  NumberInput,
  Radio,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useClient } from "../client/ClientProvider.tsx";
import { count, counted } from "../format/number.ts";
import { recentJobs } from "../jobs/queries.ts";
import { recordCount } from "../jobs/run/queries.ts";
import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import { Page } from "../shell/Page.tsx";
import styles from "./NewAssignment.module.css";
import { namesIn } from "./words.ts";

export interface NewAssignmentProps {
  readonly project: string;
  readonly schema: SchemaDocument;
  /** Records found before; offered as a choice, and chosen. */
  readonly where: Condition | undefined;
}

const orders: Readonly<Record<AssignmentOrder, string>> = {
  imported: "as imported",
  random: "at random",
  "least-confident": "where the job is least sure first",
};

/** Which records people are to do, what with them, and how many people each. */
export function NewAssignment({ project, schema, where }: NewAssignmentProps) {
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const jobs = useQuery(recentJobs(client, project)).data ?? [];
  const [name, setName] = useState("");
  const [mode, setMode] = useState<"verify" | "label">("label");
  const [jobChosen, setJob] = useState<number>();
  const [hidden, setHidden] = useState(true);
  const [labels, setLabels] = useState<readonly string[]>();
  const [found, setFound] = useState(where !== undefined);
  const [unverified, setUnverified] = useState(true);
  const [people, setPeople] = useState("");
  const [overlap, setOverlap] = useState(1);
  const [limit, setLimit] = useState<number | "">("");
  const [order, setOrder] = useState<AssignmentOrder>("imported");
  const [idle, setIdle] = useState(30);

  const job = jobs.find(({ id }) => id === jobChosen) ?? (mode === "verify" ? jobs[0] : undefined);
  const names = mode === "verify" ? (job?.labels ?? []) : schema.labels.map((label) => label.name);
  const chosen = names.filter((one) => labels?.includes(one) ?? true);
  const condition = conditionOf();
  const total = useQuery(recordCount(client, project, condition)).data;
  const records = total === undefined ? undefined : Math.min(total, limit || total);

  function conditionOf(): Condition | undefined {
    const chosenRecords = found ? where : undefined;
    if (mode === "label" || !job) return chosenRecords;
    const judged: Condition = {
      any: chosen.map((label) => ({
        label: {
          name: label,
          by: { job: job.id },
          ...(unverified && { status: ["unverified" as const] }),
        },
      })),
    };
    return chosenRecords ? { all: [chosenRecords, judged] } : judged;
  }

  const create = useMutation({
    mutationFn: () => {
      const given: NewAssignmentInput = {
        name: name.trim(),
        mode,
        labels: [...chosen],
        suggestion: job && !hidden ? "shown" : "hidden",
        order: job ? order : order === "least-confident" ? "imported" : order,
        overlap,
        idleMinutes: idle,
        ...(job && { job: job.id }),
        ...(condition && { where: condition }),
        ...(namesIn(people).length > 0 && { people: namesIn(people) }),
        ...(limit !== "" && { limit }),
      };
      return client.assignments.create({ project, ...given });
    },
    onSuccess: (made) => {
      queries.invalidateQueries({ queryKey: [project, "assignments"] });
      navigate({
        to: "/p/$project/assignments/$assignment",
        params: { project, assignment: made.name },
      });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const jobOptions = jobs.map(({ id, agent }) => ({
    value: String(id),
    label: `job ${id}, ${agent.name}`,
  }));

  return (
    <Page
      title="What are people to do?"
      actions={
        <Link to="/p/$project/assignments" params={{ project }}>
          Back to the assignments
        </Link>
      }
    >
      <form onSubmit={submit} className={styles.form}>
        <TextInput
          label="Name"
          placeholder="first round"
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          className={styles.small}
        />
        <Radio.Group
          label="Task"
          value={mode}
          onChange={(value) => {
            setMode(value === "verify" ? "verify" : "label");
            setHidden(value !== "verify");
            setLabels(undefined);
          }}
        >
          <div className={styles.choices}>
            <Radio value="label" label="Give labels of their own" />
            <Radio value="verify" label="Verify a job’s labels" disabled={jobs.length === 0} />
          </div>
        </Radio.Group>
        {mode === "verify" && (
          <NativeSelect
            label="Whose labels"
            data={jobOptions}
            value={String(job?.id ?? "")}
            onChange={(event) => setJob(Number(event.currentTarget.value))}
            className={styles.small}
          />
        )}
        {mode === "label" && jobs.length > 0 && (
          <NativeSelect
            label="Suggestions"
            description="Labels given without any are independent of the model’s."
            data={[{ value: "", label: "none" }, ...jobOptions]}
            value={String(job?.id ?? "")}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setJob(value === "" ? undefined : Number(value));
              setHidden(value === "");
            }}
            className={styles.small}
          />
        )}
        {mode === "verify" && (
          <div className={styles.choices}>
            <Checkbox
              label="Only labels that nobody has verified yet"
              checked={unverified}
              onChange={(event) => setUnverified(event.currentTarget.checked)}
            />
            <Checkbox
              label="Hide what the model says until decided"
              checked={hidden}
              onChange={(event) => setHidden(event.currentTarget.checked)}
            />
          </div>
        )}
        {names.length > 1 && (
          <Checkbox.Group
            label="Labels"
            value={[...chosen]}
            onChange={(values) => setLabels(values)}
          >
            <div className={styles.choices}>
              {names.map((one) => (
                <Checkbox key={one} value={one} label={one} />
              ))}
            </div>
          </Checkbox.Group>
        )}
        {where !== undefined && (
          <Radio.Group
            label="Records"
            value={found ? "found" : "all"}
            onChange={(value) => setFound(value === "found")}
          >
            <div className={styles.choices}>
              <Radio value="found" label="The records you found" />
              <Radio value="all" label="All records" />
            </div>
          </Radio.Group>
        )}
        <Textarea
          label="People"
          description="The names of their tokens, separated by commas. Left empty, anyone may take part."
          autosize
          minRows={1}
          value={people}
          onChange={(event) => setPeople(event.currentTarget.value)}
        />
        <NumberInput
          label="How many people do each record"
          description="With two or more, how far people agree can be measured."
          min={1}
          max={100}
          allowDecimal={false}
          value={overlap}
          onChange={(value) => setOverlap(typeof value === "number" ? value : 1)}
          className={styles.small}
        />
        <details>
          <summary>How many, in which order, for how long</summary>
          <div className={styles.more}>
            <NumberInput
              label="Only the first"
              placeholder="all of them"
              min={1}
              allowDecimal={false}
              thousandSeparator
              value={limit}
              onChange={(value) => setLimit(typeof value === "number" ? value : "")}
              className={styles.small}
            />
            <NativeSelect
              label="Order"
              data={Orders.options
                .filter((one) => job !== undefined || one !== "least-confident")
                .map((one) => ({ value: one, label: orders[one] }))}
              value={order}
              onChange={(event) => setOrder(Orders.parse(event.currentTarget.value))}
              className={styles.small}
            />
            <NumberInput
              label="Minutes without activity after which a record goes back"
              min={1}
              max={7 * 24 * 60}
              value={idle}
              onChange={(value) => setIdle(typeof value === "number" ? value : 30)}
              className={styles.small}
            />
          </div>
        </details>
        <div>
          <Button
            type="submit"
            loading={create.isPending}
            disabled={!records || chosen.length === 0 || name.trim() === ""}
          >
            Assign {records === undefined ? "records" : counted(records, "record")}
            {overlap > 1 && records !== undefined && ` to ${count(overlap)} people each`}
          </Button>
        </div>
        {create.error && <ProblemNotice error={create.error} />}
      </form>
    </Page>
  );
}
