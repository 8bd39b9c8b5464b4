/** Where a request came from, as far as the socket tells. */
export interface Connection {
  /**
   * `loopback`: from this machine, to a server that listens on loopback only. `elsewhere`: from anywhere, to a server
   * that others can reach. `in-process`: from the program that holds the app, over no socket.
   */
  readonly remote: "loopback" | "elsewhere" | "in-process";
  /** The peer's IP address; failed tokens are counted by it. */
  readonly address?: string | undefined;
}

const loopback = /^(?:(?:::ffff:)?127\.\d+\.\d+\.\d+|::1)$/;

/** Whether an IP address is one that only this machine reaches. */
export const isLoopback = (address: string): boolean => loopback.test(address);

const forwardingHeaders = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip"];

/** Whether a proxy passed the request on, so that its socket says nothing about who made it. */
export const isForwarded = (headers: Headers): boolean =>
  forwardingHeaders.some((name) => headers.has(name));
