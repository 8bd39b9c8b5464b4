import type { IncomingMessage } from "node:http";
import { err, ok, type Result } from "@countersign/core";
import type { CallFailure } from "../call-failure.ts";
import { classifyErrorReply } from "../classify.ts";
import { keepAliveFetch, openRequest } from "../keep-alive-fetch.ts";
import type { ResponseHeaders } from "../retry-after.ts";
import { storableText } from "../storable-text.ts";
import { classifyThrown } from "../thrown.ts";

/** A call's answer may take so long, in milliseconds. */
const longest = 60_000;
/** What carries a batch may take longer. */
const longestUpload = 10 * 60_000;
/** Results may pause so long, in milliseconds, before they count as broken off. */
const longestSilence = 120_000;
/** So many UTF-16 units of an error are read, and no more of a line. */
const longestError = 64 * 2 ** 10;
const longestLine = 64 * 2 ** 20;

/** Calls to one provider's interface for batches, each with the headers that a call to the model has. */
export class Exchange {
  readonly #address: string;
  /** With its question mark, where there is one. */
  readonly #query: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #key: string | undefined;

  /** @param key taken out of everything that the provider says */
  constructor(
    address: string,
    query: string,
    headers: Readonly<Record<string, string>>,
    key: string | undefined,
  ) {
    this.#address = address;
    this.#query = query;
    const { "content-type": _type, "content-length": _length, ...rest } = headers;
    this.#headers = rest;
    this.#key = key;
  }

  /** Makes a call whose answer is JSON. */
  async call(
    method: "GET" | "POST" | "DELETE",
    path: string,
    signal: AbortSignal,
    sent?: { readonly type: string; readonly body: string },
  ): Promise<Result<unknown, CallFailure>> {
    if (signal.aborted) return err({ kind: "aborted" });
    const limit = AbortSignal.timeout(sent ? longestUpload : longest);
    try {
      const reply = await keepAliveFetch(this.#url(path), {
        method,
        headers: { ...this.#headers, ...(sent && { "content-type": sent.type }) },
        ...(sent && { body: sent.body }),
        signal: AbortSignal.any([signal, limit]),
      });
      const body = await reply.text();
      if (!reply.ok) return err(this.#refusal(reply.status, headersOf(reply.headers), body));
      return ok(body === "" ? {} : JSON.parse(body));
    } catch (error) {
      return err(this.#thrown(error, signal, limit.aborted));
    }
  }

  /** Reads an answer line by line; it may be of any length. Throws what `take` throws, and nothing else. */
  async lines(
    path: string,
    take: (lines: readonly string[], headers: ResponseHeaders) => Promise<void>,
    signal: AbortSignal,
  ): Promise<Result<void, CallFailure>> {
    if (signal.aborted) return err({ kind: "aborted" });
    const request = openRequest(new URL(this.#url(path)), "GET", this.#headers);
    let silent = false;
    request.setTimeout(longestSilence, () => {
      silent = true;
      request.destroy(new Error("The provider fell silent in the midst of a batch's results."));
    });
    const abort = () => request.destroy();
    signal.addEventListener("abort", abort, { once: true });
    const replied = new Promise<IncomingMessage>((resolve, reject) => {
      request.on("response", resolve);
      request.on("error", reject);
    });
    request.end();
    let untaken: { readonly error: unknown } | undefined;
    const given = (lines: readonly string[], headers: ResponseHeaders) =>
      take(lines, headers).catch((error: unknown) => {
        untaken = { error };
        throw error;
      });
    try {
      const reply = await replied;
      const { statusCode = 0 } = reply;
      const headers = singly(reply.headers);
      reply.setEncoding("utf8");
      if (statusCode < 200 || statusCode >= 300) {
        let body = "";
        for await (const text of reply) if (body.length < longestError) body += String(text);
        return err(this.#refusal(statusCode, headers, body));
      }
      let rest = "";
      for await (const text of reply) {
        const lines = (rest + String(text)).split("\n");
        rest = lines.pop() ?? "";
        if (rest.length > longestLine) throw new Error("A batch's result is too long.");
        if (lines.length > 0) await given(lines, headers);
      }
      if (rest.trim() !== "") await given([rest], headers);
      return ok(undefined);
    } catch (error) {
      if (untaken) throw untaken.error;
      return err(this.#thrown(error, signal, silent));
    } finally {
      signal.removeEventListener("abort", abort);
      request.destroy();
    }
  }

  #url(path: string): string {
    const [bare = "", own] = path.split("?");
    const query = [this.#query.replace(/^\?/, ""), own ?? ""].filter((part) => part !== "");
    return `${this.#address}${bare}${query.length === 0 ? "" : `?${query.join("&")}`}`;
  }

  #refusal(status: number, headers: ResponseHeaders, body: string): CallFailure {
    return this.#withoutKey(classifyErrorReply({ status, headers, body }, Date.now()));
  }

  #thrown(error: unknown, signal: AbortSignal, late: boolean): CallFailure {
    if (signal.aborted) return { kind: "aborted" };
    if (late) return { kind: "retry", reason: "timeout", message: "The provider did not answer." };
    if (error instanceof SyntaxError)
      return {
        kind: "retry",
        reason: "malformed-reply",
        message: "The provider's answer about a batch is no JSON.",
      };
    return this.#withoutKey(classifyThrown(error, Date.now()));
  }

  #withoutKey(failure: CallFailure): CallFailure {
    return failure.kind === "aborted"
      ? failure
      : { ...failure, message: storableText(failure.message, this.#key) };
  }
}

/** What a provider answered is not in the form that it documents. */
export const unreadable = (what: string): CallFailure => ({
  kind: "retry",
  reason: "malformed-reply",
  message: `The provider's answer about ${what} cannot be read.`,
});

const headersOf = (headers: Headers): ResponseHeaders => Object.fromEntries(headers);

const singly = (headers: NodeJS.Dict<string | string[]>): ResponseHeaders =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : value,
    ]),
  );
