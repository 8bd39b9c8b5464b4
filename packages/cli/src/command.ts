import { Command } from "@commander-js/extra-typings";

/** Options that every command takes, with their values as given. */
export interface CommonOptions {
  readonly json?: true | undefined;
  readonly project?: string | undefined;
  readonly server?: string | undefined;
  readonly dataDir?: string | undefined;
}

/** A command with the options that every command has. */
export function command(name: string, description: string) {
  return new Command(name)
    .description(description)
    .optionsGroup("Everywhere:")
    .option("--json", "print the result as JSON")
    .option("--project <name>", "the project; may be left out while there is only one")
    .option("--server <url>", "talk to this server, with the token in COUNTERSIGN_TOKEN")
    .option("--data-dir <dir>", "where the embedded database is (or COUNTERSIGN_DATA_DIR)")
    .optionsGroup("Options:");
}

/** A command that only holds others: `countersign records …`. */
export function group(name: string, description: string) {
  return new Command(name).description(description);
}
