import {
  err,
  largestMetadata,
  type MetadataValues,
  ok,
  type Problem,
  type Result,
} from "@countersign/core";
import { faultInMetadata } from "../import/metadata.ts";

type Invalid = Problem<"metadata-invalid">;

const kept = "No metadata was changed.";

/**
 * Finds what cannot be stored among values.
 *
 * @param whose “Record 12”, with which the problem begins
 */
export function checkValues(whose: string, set: MetadataValues): Result<void, Invalid> {
  for (const [name, value] of Object.entries(set)) {
    const fault = faultInMetadata({ [name]: value });
    if (fault !== undefined)
      return err({
        type: "metadata-invalid",
        what: `${whose} cannot have the metadata “${name.slice(0, 100)}”: it ${fault}.`,
        kept,
        next: "Change the value and try again.",
      });
  }
  return ok(undefined);
}

/** Says that metadata would have too many bytes. */
export const tooLarge = (whose: string, bytes: number): Result<never, Invalid> =>
  err({
    type: "metadata-invalid",
    what: `${whose} would have ${bytes.toLocaleString("en")} bytes of metadata; ${largestMetadata.toLocaleString("en")} is the most.`,
    kept,
    next: "Remove metadata that is no longer needed, or keep large things elsewhere.",
  });
