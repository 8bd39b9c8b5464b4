import { expect, test } from "vitest";
import { isLoopback } from "./connection.ts";

test("only addresses of the machine itself are loopback", () => {
  for (const address of ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])
    expect([address, isLoopback(address)]).toEqual([address, true]);
  for (const address of ["", "0.0.0.0", "::", "10.0.0.1", "::ffff:10.0.0.1", "127.0.0.1.example"])
    expect([address, isLoopback(address)]).toEqual([address, false]);
});
