import { command, group } from "../command.ts";
import { connected } from "../connection.ts";
import { follow, lostInWords } from "../deleting.ts";
import { count } from "../figures.ts";
import { print } from "../output.ts";
import { table } from "../table.ts";
import { UsageError } from "../usage.ts";

const create = () =>
  command("create", "make an empty project")
    .argument("<name>", "lower-case letters, digits, dot, dash, underscore")
    .action((name, options) =>
      connected(options, async ({ client }) => {
        const project = await client.projects.create({ name });
        print(
          options,
          project,
          () =>
            `Created project ${project.name}.\nNext: countersign schema set FILE --project ${project.name}\n`,
        );
      }),
    );

const list = () =>
  command("list", "all projects").action((options) =>
    connected(options, async ({ client }) => {
      const projects = await Array.fromAsync(client.projects.all({}));
      print(options, projects, () =>
        projects.length === 0
          ? "No project yet. Make one: countersign project create NAME\n"
          : table(
              [
                { title: "project" },
                { title: "records", align: "right" },
                { title: "jobs", align: "right" },
                { title: "schema", align: "right" },
                { title: "created" },
              ],
              projects.map((project) => [
                project.name,
                count(project.records),
                count(project.jobs),
                project.schemaVersion === null ? "–" : `v${project.schemaVersion}`,
                project.createdAt.slice(0, 10),
              ]),
            ),
      );
    }),
  );

const remove = () =>
  command("delete", "delete a project and everything in it, for good")
    .argument("<name>", "the project")
    .option("--yes", "really")
    .option("--no-wait", "start it and return at once")
    .action((name, options) =>
      connected(options, async (connection) => {
        const { client } = connection;
        if (!options.yes) {
          const lost = await client.deletions.preview({ project: name });
          throw new UsageError(
            `Project ${name} has ${lostInWords(lost)}. Deleting cannot be undone; add --yes to do it.`,
          );
        }
        const begun = await client.projects.remove({ project: name });
        await follow(connection, options, begun, `project ${name}`);
      }),
    );

export const project = () =>
  group("project", "make, list and delete projects")
    .addCommand(create())
    .addCommand(list())
    .addCommand(remove());
