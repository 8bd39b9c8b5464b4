import { createHash } from "node:crypto";

/** A token as it may be shown. Its secret is nowhere. */
export interface Token {
  id: number;
  /** Who it stands for: changes made with it carry this name. */
  name: string;
  createdAt: string;
  createdBy: string;
  lastUsedAt: string | null;
}

/** The columns of a {@link Token}. */
export const tokenColumns = [
  "id",
  "name",
  "created_at as createdAt",
  "created_by as createdBy",
  "last_used_at as lastUsedAt",
] as const;

/**
 * What is stored of a secret. It has 256 random bits, so a plain SHA-256 cannot be reversed or guessed, and looking the
 * hash up tells nothing by its timing about the secret.
 */
export const hashOf = (secret: string): Buffer => createHash("sha256").update(secret).digest();
