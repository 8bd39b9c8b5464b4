import { api } from "@countersign/contract";
import { method, sequence } from "./method.ts";
import type { Transport } from "./transport.ts";

export const assignments = (transport: Transport) => ({
  /** Assigns the records that a search finds now to people, in an order that stays. */
  create: method(transport, api.assignments.create),
  /** One page of the assignments, by name. */
  list: method(transport, api.assignments.list),
  /** All assignments, by name. */
  all: sequence(transport, api.assignments.list),
  /** One assignment, who is how far, and who holds what. */
  get: method(transport, api.assignments.get),
  /**
   * The records in one's hand, and where these are fewer than `count` the next ones. Asking again gives the same, and
   * keeps them from going back.
   */
  next: method(transport, api.assignments.next),
  /** Gives back records that are held; one's own, unless another person is named. */
  release: method(transport, api.assignments.release),
  /** Adds records, changes who may take part, or has each record done by more people. */
  extend: method(transport, api.assignments.extend),
  /** Hands out nothing more; what is done stays done. */
  close: method(transport, api.assignments.close),
  /** Hands records out again. */
  reopen: method(transport, api.assignments.reopen),
  /** Deletes an assignment; labels and verdicts that came of it stay. */
  remove: method(transport, api.assignments.remove),
});
