import type { SchemaDocument } from "@countersign/core";
import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useClient } from "../client/ClientProvider.tsx";
import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import { Page } from "../shell/Page.tsx";
import { AgentNotes } from "./AgentNotes.tsx";
import { ConfidenceFields } from "./ConfidenceFields.tsx";
import { agentOf, newDraft, previewed } from "./draft.ts";
import { ModelFields } from "./ModelFields.tsx";
import styles from "./NewAgentPage.module.css";
import { PromptFields } from "./PromptFields.tsx";
import { PromptPreview } from "./PromptPreview.tsx";
import { promptPreview } from "./queries.ts";

export interface NewAgentPageProps {
  readonly project: string;
  readonly schema: SchemaDocument;
}

/** A model, the prompt it gets, and beside them what it would be asked of real records. */
export function NewAgentPage({ project, schema }: NewAgentPageProps) {
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(() => newDraft(schema));
  const [keys, setKeys] = useState("");
  const [shown] = useDebouncedValue(keys, 300);
  const [settled] = useDebouncedValue(draft, 300);
  const preview = useQuery(promptPreview(client, project, previewed(settled), shown));
  const goOn = (run: string) =>
    navigate({ to: "/p/$project/agents", params: { project }, search: { run } });
  const create = useMutation({
    mutationFn: () => client.agents.create({ project, ...agentOf(draft) }),
    onSuccess: async (agent) => {
      await queries.invalidateQueries({ queryKey: [project, "agents"] });
      if (agent.notes.length === 0) goOn(agent.id);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  if (create.data && create.data.notes.length > 0)
    return (
      <Page title="What is to be known of it?">
        <AgentNotes agent={create.data} onGoOn={() => goOn(create.data.id)} />
      </Page>
    );
  return (
    <Page
      title="Which model, asked how?"
      actions={
        <Link to="/p/$project/agents" params={{ project }}>
          Back to the agents
        </Link>
      }
    >
      <div className={styles.halves}>
        <form onSubmit={submit} className={styles.form}>
          <ModelFields
            draft={draft}
            onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
          />
          <PromptFields
            draft={draft}
            schema={schema}
            built={preview.data?.prompt}
            onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
          />
          <ConfidenceFields
            draft={draft}
            onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
          />
          <div className={styles.act}>
            <Button type="submit" loading={create.isPending} disabled={draft.labels.length === 0}>
              Register agent
            </Button>
            {create.error && <ProblemNotice error={create.error} />}
            <p>An agent never changes; with the same content it is the same agent.</p>
          </div>
        </form>
        <PromptPreview
          preview={preview.data}
          error={preview.error}
          hasModel={settled.model.trim() !== ""}
          keys={keys}
          onKeys={setKeys}
        />
      </div>
    </Page>
  );
}
