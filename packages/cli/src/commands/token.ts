import { command, group } from "../command.ts";
import { connected } from "../connection.ts";
import { wholeNumber } from "../filter.ts";
import { print } from "../output.ts";
import { table } from "../table.ts";

const create = () =>
  command("create", "make a token for somebody; its secret is shown once")
    .argument("<name>", "who it stands for: changes made with it carry this name")
    .action((name, options) =>
      connected(options, async ({ client }) => {
        const token = await client.tokens.create({ name });
        print(
          options,
          token,
          () =>
            `${token.secret}\nThis is shown once. Pass it as COUNTERSIGN_TOKEN, or sign in with it in the browser.\n`,
        );
      }),
    );

const list = () =>
  command("list", "tokens, newest first").action((options) =>
    connected(options, async ({ client }) => {
      const { items } = await client.tokens.list({});
      print(options, items, () =>
        items.length === 0
          ? "No token yet. Make one: countersign token create NAME\n"
          : table(
              [
                { title: "token", align: "right" },
                { title: "name", width: 40 },
                { title: "created" },
                { title: "last used" },
              ],
              items.map((token) => [
                String(token.id),
                token.name,
                `${token.createdAt.slice(0, 10)} by ${token.createdBy}`,
                token.lastUsedAt?.slice(0, 16).replace("T", " ") ?? "never",
              ]),
            ),
      );
    }),
  );

const revoke = () =>
  command("revoke", "refuse a token from now on")
    .argument("<token>", "its number in the list", wholeNumber)
    .action((id, options) =>
      connected(options, async ({ client }) => {
        const token = await client.tokens.revoke({ token: id });
        print(options, token, () => `Revoked token ${token.id} of ${token.name}.\n`);
      }),
    );

export const token = () =>
  group("token", "who may use a server that others reach")
    .addCommand(create())
    .addCommand(list())
    .addCommand(revoke());
