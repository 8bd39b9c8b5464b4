import { userInfo } from "node:os";

/** The name of the account that the server runs under; its number where the account has no name, as in a container. */
export function localUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? "unknown"}`;
  }
}
