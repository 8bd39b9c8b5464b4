import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { DownloadFault, download } from "./download.ts";
import { isPublicAddress } from "./public-address.ts";

const limits = { bytes: 1000, seconds: 5, loopback: true };
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function served(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function read(address: string, how = limits): Promise<{ name: string; text: string }> {
  const { name, body } = await download(address, how);
  const chunks = await Array.fromAsync(body);
  return { name, text: Buffer.concat(chunks).toString() };
}

const fault = async (address: string, how = limits): Promise<string> => {
  const error: unknown = await read(address, how).catch((reason: unknown) => reason);
  if (error instanceof DownloadFault) return error.message;
  throw new Error(`downloaded: ${JSON.stringify(error)}`);
};

test.each([
  "127.0.0.1",
  "0.0.0.0",
  "10.1.2.3",
  "100.64.0.1",
  "169.254.169.254",
  "172.31.255.255",
  "192.168.1.1",
  "198.19.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:10.0.0.1",
  "64:ff9b::a00:1",
  "fe80::1",
  "fd00:ec2::254",
  "2002:a00:1::",
  "2001::1",
  "ff02::1",
  "not an address",
])("%s is no public address", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(["8.8.8.8", "172.32.0.1", "2606:4700::1111"])("%s is a public address", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test("a file is downloaded; its name is the path's last part, without the query", async () => {
  const url = await served((request, response) => {
    expect(request.headers.authorization).toBeUndefined();
    response.end("id,text\n");
  });
  expect(await read(`${url}/data/a%20b.csv?secret=1`)).toEqual({
    name: "a b.csv",
    text: "id,text\n",
  });
});

test.each([
  ["http://example.com/a.csv", /only https/],
  ["ftp://example.com/a.csv", /only https/],
  ["file:///etc/passwd", /only https/],
  ["https://user:pass@example.com/", /name or password/],
  ["https://10.0.0.1/", /private network/],
  ["https://169.254.169.254/latest/meta-data", /private network/],
  ["https://2130706433/", /private network/],
  ["https://0x7f.1/", /private network/],
  ["https://[::1]/", /private network/],
  ["https://[::ffff:192.168.0.1]/", /private network/],
  ["no address", /no address/],
])("%s is not asked", async (address, said) => {
  expect(await fault(address, { ...limits, loopback: false })).toMatch(said);
});

test("a name that stands for an address of this machine is not asked", async () => {
  const url = (await served((_, response) => response.end("secret"))).replace("http:", "https:");
  const named = url.replace("127.0.0.1", "localhost");
  expect(await fault(named, { ...limits, loopback: false })).toMatch(/private network/);
});

test("a redirect to a private address is not followed", async () => {
  const url = await served((_, response) => {
    response.writeHead(302, { location: "https://192.168.0.1/a.csv" }).end();
  });
  expect(await fault(url)).toMatch(/private network/);
});

test("redirects without end are given up", async () => {
  const url = await served((_, response) => {
    response.writeHead(302, { location: "/again" }).end();
  });
  expect(await fault(url)).toMatch(/redirects more than 5 times/);
});

test("what is too large is not taken, announced or not", async () => {
  const announced = await served((_, response) => {
    response.writeHead(200, { "content-length": 5000 }).end(Buffer.alloc(5000));
  });
  expect(await fault(announced)).toMatch(/larger than/);
  const streamed = await served((_, response) => {
    response.write(Buffer.alloc(800));
    response.end(Buffer.alloc(800));
  });
  expect(await fault(streamed)).toMatch(/larger than/);
});

test("what takes too long, breaks off or is not there is told", async () => {
  const slow = await served((_, response) => {
    response.write("x");
  });
  expect(await fault(slow, { ...limits, seconds: 0.3 })).toMatch(/longer than 0.3 seconds/);
  const broken = await served((_, response) => {
    response.writeHead(200, { "content-length": 10 });
    response.write("x", () => response.destroy());
  });
  expect(await fault(broken)).toMatch(/broke off/);
  const missing = await served((_, response) => response.writeHead(404).end());
  expect(await fault(missing)).toMatch(/status 404/);
});
