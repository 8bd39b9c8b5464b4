import { command, group } from "../command.ts";
import { connected } from "../connection.ts";
import { count } from "../figures.ts";
import { print } from "../output.ts";
import { table } from "../table.ts";

const list = () =>
  command("list", "what is being deleted, newest first").action((options) =>
    connected(options, async ({ client }) => {
      const deletions = await Array.fromAsync(client.deletions.all({}));
      print(options, deletions, () =>
        deletions.length === 0
          ? "Nothing was deleted in the last day.\n"
          : table(
              [
                { title: "deletion", align: "right" },
                { title: "what" },
                { title: "of" },
                { title: "state" },
                { title: "gone", align: "right" },
                { title: "of", align: "right" },
                { title: "by" },
              ],
              deletions.map(({ id, what, name, job, state, progress, createdBy }) => [
                String(id),
                job === null ? what : `${what} ${job}`,
                name ?? "–",
                state,
                count(progress.done),
                count(progress.total),
                createdBy,
              ]),
            ),
      );
    }),
  );

export const deletion = () => group("deletion", "see what is being deleted").addCommand(list());
