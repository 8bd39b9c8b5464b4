import { err, ok, type Problem, type Result } from "@countersign/core";

const loopbackNames: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Lets a local request through only where no other site's page can have made it. A browser on this machine comes over
 * loopback too, whatever page it shows:
 * - a page whose name was rebound to 127.0.0.1 still sends its own name as Host;
 * - a page of another origin sends that as Origin with whatever could change something;
 * - what sends no Origin, such as an image or a script, is told by Sec-Fetch-Site. Other ports of localhost are
 *   `same-site` and refused as well.
 */
export function checkOrigin(headers: Headers): Result<undefined, Problem<"origin-refused">> {
  const host = hostOf(`http://${headers.get("host") ?? ""}`);
  if (!host || !loopbackNames.includes(host.hostname))
    return refused(`The request was addressed to “${headers.get("host") ?? ""}”`);
  const origin = headers.get("origin");
  if (origin !== null && hostOf(origin)?.host !== host.host)
    return refused(`The request came from a page of ${origin}`);
  const site = headers.get("sec-fetch-site") ?? "none";
  if (site !== "none" && site !== "same-origin")
    return refused("The request came from another site's page");
  return ok(undefined);
}

const hostOf = (url: string): URL | undefined => URL.parse(url) ?? undefined;

const refused = (what: string) =>
  err({
    type: "origin-refused" as const,
    what: `${what}, and without a token only this machine's own pages and programs are answered.`,
    next: "Open Countersign at http://localhost with its port, or send a token.",
  });
