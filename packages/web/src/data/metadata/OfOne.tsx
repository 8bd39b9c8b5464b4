import type { Metadata } from "@countersign/core";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import { recordDetail } from "../queries.ts";
import { Facts } from "../table/Facts.tsx";
import { SetMetadata, type SetOne } from "./SetMetadata.tsx";
import { namesOf, writtenOf } from "./typed.ts";

export interface OfOneProps {
  readonly project: string;
  readonly record: number;
  readonly metadata: Metadata;
}

/** One record’s metadata, and the form that sets it. */
export function OfOne({ project, record, metadata }: OfOneProps) {
  const client = useClient();
  const queries = useQueryClient();
  const [opened, setOpened] = useState(false);
  const setting = useMutation({
    mutationFn: ({ name, value }: SetOne) =>
      client.records.setMetadata({
        project,
        entries: [
          { record, ...(value === undefined ? { remove: [name] } : { set: { [name]: value } }) },
        ],
      }),
    onSuccess: async () => {
      await queries.invalidateQueries(recordDetail(client, project, record));
      setOpened(false);
    },
  });
  return (
    <>
      <Facts name="Metadata" facts={metadata} />
      {opened ? (
        <SetMetadata
          names={namesOf([{ metadata }])}
          valueAt={(name) => writtenOf(metadata[name])}
          isThere={(name) => Object.hasOwn(metadata, name)}
          busy={setting.isPending}
          onSet={setting.mutate}
          onClose={() => setOpened(false)}
        >
          {setting.error && <ProblemNotice error={setting.error} />}
        </SetMetadata>
      ) : (
        <div>
          <Button size="compact-sm" variant="default" onClick={() => setOpened(true)}>
            Set metadata …
          </Button>
        </div>
      )}
    </>
  );
}
