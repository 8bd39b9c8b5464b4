import type {
  AgentContent,
  AnnotatorKind,
  Assignment,
  BatchState,
  ChatTurn,
  Condition,
  ConfidenceMethod,
  ContentKind,
  DeletionSubject,
  Drawing,
  EmbeddingFault,
  EmbeddingModel,
  EmbeddingState,
  ExportFault,
  ExportOptions,
  ExportState,
  HeldBy,
  ImportReport,
  JobPause,
  JobSettings,
  JobState,
  LabelMetadata,
  LabelStatus,
  LabelValue,
  Lost,
  Metadata,
  Outcome,
  Reason,
  RecordSource,
  Renames,
  ResolvedCondition,
  SchemaDocument,
  Sort,
  SubsetKind,
  Verdict,
} from "@countersign/core";

import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from "kysely";

/** Moments come out of the database as ISO 8601 text and are set by it unless given. */
type Moment = ColumnType<string, string | undefined, string>;
type OptionalMoment = ColumnType<string | null, string | null | undefined, string | null>;
/** JSON is written as text; reading parses it. */
type Json<Shape extends object | null> = JSONColumnType<Shape>;
/** JSON that may be a bare string, as label values are. */
type JsonValue<Shape> = ColumnType<Shape, string, string>;

/** The tables, as Kysely sees them. What each is for stands in the migrations. */
export interface Database {
  projects: {
    id: GeneratedAlways<number>;
    name: string;
    columns: Generated<string[]>;
    created_by: string;
    created_at: Moment;
  };
  schema_versions: {
    project_id: number;
    version: number;
    document: Json<SchemaDocument>;
    renames: ColumnType<Renames, string | undefined, string>;
    created_by: string;
    created_at: Moment;
  };
  records: {
    id: GeneratedAlways<number>;
    project_id: number;
    key: string;
    content: string;
    content_kind: Generated<ContentKind>;
    turns: ColumnType<ChatTurn[] | null, string | null | undefined, string | null>;
    source: Json<RecordSource>;
    metadata: Json<Metadata>;
    created_by: string;
    created_at: Moment;
  };
  merged_rows: {
    project_id: number;
    key: string;
    record_id: number;
    source: Json<RecordSource>;
    metadata: Json<Metadata>;
  };
  imports: {
    id: GeneratedAlways<number>;
    project_id: number;
    name: string;
    fingerprint: string | null;
    size: number | null;
    received: Generated<number>;
    state: "receiving" | "received" | "imported" | "rejected";
    rejected: Generated<number>;
    report: ColumnType<ImportReport | null, string | null | undefined, string | null>;
    created_by: string;
    created_at: Moment;
    finished_at: OptionalMoment;
  };
  import_parts: {
    import_id: number;
    at: number;
    bytes: Buffer;
  };
  import_rejections: {
    import_id: number;
    place: GeneratedAlways<number>;
    line: number;
    column_name: string | null;
    reason: string;
  };
  agents: {
    project_id: number;
    id: string;
    name: string;
    content: Json<AgentContent>;
    created_by: string;
    created_at: Moment;
  };
  jobs: {
    id: GeneratedAlways<number>;
    project_id: number;
    agent_id: string;
    label_names: string[];
    schema_version: number;
    subset: Json<{ where?: ResolvedCondition; limit?: number }>;
    settings: Json<JobSettings>;
    state: JobState;
    pause: ColumnType<JobPause | null, string | null | undefined, string | null>;
    simulated: Generated<boolean>;
    total: Generated<number>;
    seconds: Generated<number>;
    running_since: OptionalMoment;
    created_by: string;
    created_at: Moment;
    started_at: OptionalMoment;
    finished_at: OptionalMoment;
    deleted: Generated<boolean>;
  };
  annotators: {
    id: GeneratedAlways<number>;
    project_id: number;
    kind: AnnotatorKind;
    name: string;
    job_id: number | null;
    deleted: Generated<boolean>;
  };
  job_items: {
    job_id: number;
    position: number;
    record_id: number;
    outcome: Outcome | null;
    reason: string | null;
    message: string | null;
    attempts: Generated<number>;
    reply_keys: Buffer[] | null;
    refined_keys: (Buffer | null)[] | null;
    finished_at: OptionalMoment;
    singly: Generated<boolean>;
  };
  job_shards: {
    job_id: number;
    shard: number;
    first_position: number;
    last_position: number;
    worker_id: number | null;
    done: Generated<boolean>;
    singly: Generated<boolean>;
    batched: Generated<boolean>;
  };
  job_batches: {
    id: GeneratedAlways<number>;
    job_id: number;
    mark: string;
    state: BatchState;
    provider_id: string | null;
    unsure: Generated<boolean>;
    files: Generated<string[]>;
    requests: number;
    answered: Generated<number>;
    failed: Generated<number>;
    said: string | null;
    message: string | null;
    crowded: Generated<boolean>;
    expected_usd: number;
    expected_tokens: number;
    items: number;
    first_position: number;
    last_position: number;
    worker_id: number | null;
    created_at: Moment;
    submitted_at: OptionalMoment;
    ended_at: OptionalMoment;
  };
  batch_lines: {
    job_id: number;
    key: Buffer;
    batch_id: number;
    position: number;
    state: Generated<"open" | "answered" | "failed">;
    outcome: Outcome | null;
    reason: Reason | null;
    message: string | null;
  };
  workers: {
    id: GeneratedAlways<number>;
    host: string;
    pid: number;
    started_at: Moment;
  };
  job_gauges: {
    job_id: number;
    worker_id: number;
    under_way: number;
    allowed: number;
    unstored: number;
    held_by: HeldBy | null;
    until: OptionalMoment;
    at: Moment;
  };
  job_counters: {
    job_id: number;
    counter: string;
    key: string;
    n: number;
  };
  replies: {
    project_id: number;
    key: Buffer;
    text: string;
    finish_reason: string;
    logprobs: ColumnType<unknown, string | null, string | null>;
    input_tokens: number | null;
    output_tokens: number | null;
    cost: number | null;
    model_version: string | null;
    latency_ms: number;
    simulated: boolean;
    created_at: Moment;
  };
  labels: {
    id: GeneratedAlways<number>;
    project_id: number;
    record_id: number;
    annotator_id: number;
    name: string;
    value: JsonValue<LabelValue>;
    schema_version: number;
    confidence: number | null;
    confidence_method: ConfidenceMethod | null;
    metadata: Json<LabelMetadata>;
    created_at: Moment;
    status: Generated<LabelStatus>;
    verified_value: ColumnType<LabelValue | null, string | null | undefined, string | null>;
    verified_by: string | null;
    verified_at: OptionalMoment;
  };
  verifications: {
    id: GeneratedAlways<number>;
    project_id: number;
    label_id: number;
    verdict: Verdict;
    schema_version: number;
    judged: JsonValue<LabelValue>;
    value: ColumnType<LabelValue | null, string | null, string | null>;
    verifier: string;
    at: Moment;
  };
  subsets: {
    id: GeneratedAlways<number>;
    project_id: number;
    name: string;
    kind: SubsetKind;
    condition: ColumnType<Condition | null, string | null, string | null>;
    sort: Json<Sort>;
    size: number | null;
    drawing: ColumnType<Drawing | null, string | null | undefined, string | null>;
    created_by: string;
    created_at: Moment;
  };
  subset_members: {
    subset_id: number;
    position: number;
    record_id: number;
  };
  vectors: {
    project_id: number;
    name: string;
    record_id: number;
    numbers: Buffer;
    digest: ColumnType<Buffer | null, Buffer | undefined, Buffer>;
  };
  embeddings: {
    id: GeneratedAlways<number>;
    project_id: number;
    name: string;
    model: ColumnType<EmbeddingModel | null, string | undefined, string>;
    dimensions: number | null;
    condition: ColumnType<Condition | null, string | null | undefined, string | null>;
    state: EmbeddingState;
    total: Generated<number>;
    tokens: Generated<number>;
    usd: Generated<number | null>;
    simulated: Generated<boolean>;
    problem: ColumnType<EmbeddingFault | null, string | null | undefined, string | null>;
    created_by: string;
    created_at: Moment;
    finished_at: OptionalMoment;
  };
  embedding_refusals: {
    embedding_id: number;
    record_id: number;
    digest: Buffer;
    reason: string;
    message: string;
  };
  label_changes: {
    id: GeneratedAlways<number>;
    project_id: number;
    record_id: number;
    annotator_id: number;
    name: string;
    value: ColumnType<LabelValue | null, string | null, string | null>;
    schema_version: number;
    at: Moment;
  };
  assignments: {
    id: GeneratedAlways<number>;
    project_id: number;
    name: string;
    mode: Assignment["mode"];
    people: string[] | null;
    label_names: string[];
    job_id: number | null;
    suggestion: Assignment["suggestion"];
    condition: ColumnType<Condition | null, string | null, string | null>;
    item_order: Assignment["order"];
    overlap: number;
    idle_seconds: number;
    state: Generated<Assignment["state"]>;
    size: Generated<number>;
    created_by: string;
    created_at: Moment;
    closed_at: OptionalMoment;
  };
  assignment_items: {
    assignment_id: number;
    position: number;
    record_id: number;
    free: number;
    done: Generated<number>;
    returned: Generated<boolean>;
  };
  assignment_people: {
    assignment_id: number;
    person: string;
    done: Generated<number>;
    completed: Generated<number>;
    reached: Generated<number>;
    last_at: OptionalMoment;
  };
  assignment_parts: {
    assignment_id: number;
    person: string;
    position: number;
    state: "held" | "done" | "skipped";
    since: Moment;
    until: OptionalMoment;
  };
  exports: {
    id: GeneratedAlways<number>;
    project_id: number;
    options: Json<ExportOptions>;
    filename: string;
    media: string;
    state: ExportState;
    records_done: Generated<number>;
    records_total: number | null;
    bytes: Generated<number>;
    problem: ColumnType<ExportFault | null, string | null | undefined, string | null>;
    created_by: string;
    created_at: Moment;
    finished_at: OptionalMoment;
    expires_at: OptionalMoment;
  };
  export_parts: {
    export_id: number;
    part: number;
    content: Buffer;
  };
  deletions: {
    id: GeneratedAlways<number>;
    what: DeletionSubject;
    project_id: number;
    job_id: number | null;
    name: string | null;
    lost: Json<Lost>;
    total: number;
    removed: Generated<number>;
    created_by: string;
    created_at: Moment;
    started_at: OptionalMoment;
    finished_at: OptionalMoment;
  };
  deletion_replies: {
    deletion_id: number;
    key: Buffer;
  };
  deletion_records: {
    deletion_id: number;
    record_id: number;
  };
  label_mappings: {
    label_id: number;
    project_id: number;
    from_version: number;
    value: JsonValue<LabelValue>;
    verified_value: ColumnType<LabelValue | null, string | null, string | null>;
    to_version: number;
    mapped_at: Moment;
  };
  tokens: {
    id: GeneratedAlways<number>;
    name: string;
    hash: Buffer;
    created_by: string;
    created_at: Moment;
    last_used_at: OptionalMoment;
  };
}
