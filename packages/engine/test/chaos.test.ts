import { expect, test } from "vitest";
import { rehearse } from "../../../scripts/chaos/chaos.ts";

test.runIf(process.platform === "linux")(
  "a job whose server, worker and Postgres are killed three times ends every item once, loses no reply and pays for none twice (Linux only; npm run chaos does so fifty times)",
  { timeout: 120_000 },
  async () => {
    const said: string[] = [];
    const { wrongs, account } = await rehearse({
      items: 300,
      rounds: 3,
      seed: 1,
      seconds: 90,
      say: (line) => said.push(line),
    });
    expect(wrongs, said.join("\n")).toEqual([]);
    expect(account.failed).toBeGreaterThan(0);
    expect(account.inFlight).toBeGreaterThan(0);
  },
);
