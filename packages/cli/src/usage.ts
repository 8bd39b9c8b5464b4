/** A mistake in how a command was called: told with a hint, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A command did what it could and the outcome is a failure that it has already told: exit code 1. */
export class CommandFailed extends Error {
  override readonly name = "CommandFailed";
}
