import { lookup as resolve } from "node:dns";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isLoopbackAddress } from "./loopback.ts";
import { isPublicAddress } from "./public-address.ts";

/** Why a file was not downloaded, for a person to read. */
export class DownloadFault extends Error {
  override readonly name = "DownloadFault";
}

export interface DownloadLimits {
  readonly bytes: number;
  readonly seconds: number;
  /** Whether http and https on this machine itself are allowed, for trials and tests. */
  readonly loopback?: boolean | undefined;
}

export interface Downloaded {
  /** The last part of the path that it came from. */
  readonly name: string;
  readonly body: AsyncGenerator<Buffer>;
}

const mostRedirects = 5;
const idleMs = 30_000;

/**
 * Opens a file at an https address. Every address that the name, or that of a redirect, stands for is checked, and the
 * connection goes to the checked one, so that a name that changes its meaning in between leads nowhere else. No credentials
 * are sent, and none are taken from the address.
 *
 * @throws {DownloadFault} also while the body is read
 */
export async function download(address: string, limits: DownloadLimits): Promise<Downloaded> {
  const end = AbortSignal.timeout(limits.seconds * 1000);
  let url = checked(address, limits);
  for (let redirects = 0; ; redirects += 1) {
    const response = await ask(url, limits, end);
    const { statusCode = 0, headers } = response;
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      response.destroy();
      if (redirects === mostRedirects)
        throw new DownloadFault(`${url.host} redirects more than ${mostRedirects} times`);
      url = checked(headers.location, limits, url);
      continue;
    }
    if (statusCode !== 200) {
      response.destroy();
      throw new DownloadFault(`${url.host} answered with status ${statusCode}`);
    }
    if (Number(headers["content-length"] ?? 0) > limits.bytes) {
      response.destroy();
      throw tooLarge(limits);
    }
    return { name: nameIn(url), body: bodyOf(response, limits, end) };
  }
}

const tooLarge = ({ bytes }: DownloadLimits) =>
  new DownloadFault(`the file is larger than ${bytes / 1e6} MB, the most that is downloaded`);

function checked(address: string, { loopback = false }: DownloadLimits, from?: URL): URL {
  const url = URL.parse(address, from?.href);
  if (!url) throw new DownloadFault("it is no address");
  if (url.username !== "" || url.password !== "")
    throw new DownloadFault("an address with a name or password in it is not asked");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const own = loopback && (isLoopbackAddress(host) || host === "localhost");
  if (url.protocol !== "https:" && !(own && url.protocol === "http:"))
    throw new DownloadFault("only https addresses are asked");
  // An address in place of a name is connected to without being looked up.
  if (isIP(host) !== 0 && !own && !isPublicAddress(host)) throw refusedAddress(url);
  return url;
}

const refusedAddress = (url: URL) =>
  new DownloadFault(
    `${url.hostname} is an address of this machine or of a private network, which is not asked`,
  );

function ask(url: URL, limits: DownloadLimits, end: AbortSignal): Promise<IncomingMessage> {
  const lookup: LookupFunction = (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, "", 0);
      const fine = ({ address }: { readonly address: string }) =>
        isPublicAddress(address) || (limits.loopback === true && isLoopbackAddress(address));
      const [first] = addresses;
      if (!first || !addresses.every(fine)) return done(refusedAddress(url), "", 0);
      return options.all ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((answered, reject) => {
    const request = send(
      url,
      {
        lookup,
        signal: end,
        timeout: idleMs,
        agent: false,
        headers: { "accept-encoding": "identity", "user-agent": "countersign" },
      },
      answered,
    );
    request.once("timeout", () =>
      request.destroy(new DownloadFault(`${url.host} does not answer`)),
    );
    request.once("error", (error) => reject(told(error, url, limits, end)));
    request.end();
  });
}

function told(error: unknown, url: URL, limits: DownloadLimits, end: AbortSignal): DownloadFault {
  if (error instanceof DownloadFault) return error;
  if (end.aborted) return new DownloadFault(`it took longer than ${limits.seconds} seconds`);
  const why = error instanceof Error ? error.message : String(error);
  return new DownloadFault(`${url.host} cannot be reached (${why})`);
}

async function* bodyOf(
  response: IncomingMessage,
  limits: DownloadLimits,
  end: AbortSignal,
): AsyncGenerator<Buffer> {
  let length = 0;
  try {
    for await (const chunk of response) {
      length += chunk.length;
      if (length > limits.bytes) throw tooLarge(limits);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof DownloadFault) throw error;
    if (end.aborted) throw new DownloadFault(`it took longer than ${limits.seconds} seconds`);
    throw new DownloadFault("the connection broke off before the file's end");
  } finally {
    response.destroy();
  }
}

/** The file's name: a query may hold a secret, and is never kept. */
function nameIn(url: URL): string {
  const last = url.pathname.split("/").findLast((part) => part !== "") ?? url.hostname;
  try {
    return (
      decodeURIComponent(last)
        .replace(/\p{Cc}/gu, "")
        .slice(0, 300) || url.hostname
    );
  } catch {
    return last.slice(0, 300);
  }
}
