import { z } from "zod";
import { FormerValue, Label, LabelChange, Verification } from "../label/label.ts";

/** Where a record came from: the imported row's columns, exactly as written. */
export const RecordSource = z.record(z.string(), z.string());
export type RecordSource = z.infer<typeof RecordSource>;

/** Any JSON value. (Registered rather than tagged with `meta`, which would leave its inner values without the name.) */
export const Json = z.json().register(z.globalRegistry, { id: "Json" });

export const Metadata = z.record(z.string(), Json);
export type Metadata = z.infer<typeof Metadata>;

/** One turn of a conversation: who speaks, and what is said. */
export const ChatTurn = z
  .object({ role: z.string(), content: z.string() })
  .meta({ id: "ChatTurn" });
export type ChatTurn = z.infer<typeof ChatTurn>;

/**
 * What a record's content is. `content` is text in any case, so that search and prompts work on it: a conversation's
 * turns written one under the other, or where an image is to be found. The image itself is never fetched by the server.
 */
export const ContentKind = z.enum(["text", "chat", "image"]);
export type ContentKind = z.infer<typeof ContentKind>;

/** A record as seen from outside. (Named so because `Record` is TypeScript's own.) */
export const TextRecord = z
  .object({
    id: z.int(),
    key: z.string().meta({ description: "The user's own id, unique within the project" }),
    content: z.string(),
    kind: ContentKind,
    turns: z.array(ChatTurn).nullable().meta({ description: "Where kind is chat; else null" }),
    metadata: Metadata,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Record" });
export type TextRecord = z.infer<typeof TextRecord>;

/** A record with everything anyone has said about it. Gold labels are left out of a blind or reviewing view. */
export const LabelledRecord = TextRecord.extend({ labels: z.array(Label) }).meta({
  id: "LabelledRecord",
});
export type LabelledRecord = z.infer<typeof LabelledRecord>;

/** One record, whole: its source columns, and the full history of verdicts, of people's own labels and of what renames changed, oldest first. */
export const RecordDetail = LabelledRecord.extend({
  source: RecordSource,
  verifications: z.array(Verification),
  changes: z.array(LabelChange),
  former: z.array(FormerValue),
}).meta({ id: "RecordDetail" });
export type RecordDetail = z.infer<typeof RecordDetail>;
