import { agents } from "./agents.ts";
import { assignments } from "./assignments.ts";
import { backups } from "./backups.ts";
import { confidences } from "./confidences.ts";
import { deletions } from "./deletions.ts";
import { embeddings } from "./embeddings.ts";
import { evaluations } from "./evaluations.ts";
import { exports } from "./exports.ts";
import { imports } from "./imports.ts";
import { jobs } from "./jobs.ts";
import { labels } from "./labels.ts";
import { projects } from "./projects.ts";
import { records } from "./records.ts";
import { schemas } from "./schemas.ts";
import { server } from "./server.ts";
import { subsets } from "./subsets.ts";
import { tokens } from "./tokens.ts";
import { type Options, openTransport } from "./transport.ts";
import { verifications } from "./verifications.ts";

/**
 * A client of one Countersign server. A property a noun, a method a verb, one object an argument; every method takes
 * `{ signal }` as a second one and rejects with a {@link CountersignError}.
 *
 * ```ts
 * const client = new Countersign({ url: "http://localhost:4100" });
 * const job = await client.jobs.run({ project: "airline", agent: "gpt-4o-mini" });
 * for await (const { progress } of client.jobs.watch({ project: "airline", job: job.id }))
 *   console.log(progress.remaining);
 * ```
 */
export class Countersign {
  readonly projects;
  readonly schemas;
  readonly records;
  readonly imports;
  readonly subsets;
  readonly agents;
  readonly jobs;
  readonly labels;
  readonly confidences;
  readonly verifications;
  readonly assignments;
  readonly embeddings;
  readonly evaluations;
  readonly exports;
  readonly deletions;
  readonly backups;
  readonly tokens;
  readonly server;

  /** @throws {TypeError} where `url` is no absolute URL */
  constructor(options: Options) {
    const transport = openTransport(options);
    this.projects = projects(transport);
    this.schemas = schemas(transport);
    this.records = records(transport);
    this.imports = imports(transport);
    this.subsets = subsets(transport);
    this.agents = agents(transport);
    this.jobs = jobs(transport);
    this.labels = labels(transport);
    this.confidences = confidences(transport);
    this.verifications = verifications(transport);
    this.assignments = assignments(transport);
    this.embeddings = embeddings(transport);
    this.evaluations = evaluations(transport);
    this.exports = exports(transport);
    this.deletions = deletions(transport);
    this.backups = backups(transport);
    this.tokens = tokens(transport);
    this.server = server(transport);
  }
}
