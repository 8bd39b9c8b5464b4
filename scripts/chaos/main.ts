/**
 * Fifty times, at moments that the seed decides, a server, a worker, Postgres or several of them are killed with
 * SIGKILL, while they label 20,000 records with a model that fails one call in seven. In the end every item must have
 * one outcome, every reply that was seen stored must be there, and no call may have been made that neither an item, nor
 * a failure of the simulator's, nor a kill calls for. Linux only; exit code 1 where anything is wrong.
 *
 *     npm run chaos -- [rounds] [items] [seed]
 */
import { machine, print } from "../../bench/summary.ts";
import { rehearse } from "./chaos.ts";

const [rounds = 50, items = 20_000, seed = 1] = process.argv.slice(2).map(Number);
const seconds = 600;
const most = 20;

print(machine(), `${rounds} rounds over ${items} items, seed ${seed}, at most ${seconds} s`);
const start = performance.now();
const { wrongs, account } = await rehearse({ rounds, items, seed, seconds, say: print });
const { calls, failed, inFlight, again } = account;
print(
  `${calls} calls ≤ ${items} items + ${failed} that the simulator let fail + ${inFlight} in flight at the kills; ${again} paid for again`,
  ...wrongs.slice(0, most).map((wrong) => `WRONG: ${wrong}`),
  `${((performance.now() - start) / 1000).toFixed(0)} s: ${wrongs.length === 0 ? "nothing lost, nothing paid for twice without cause" : `${wrongs.length} things are wrong`}`,
);
process.exitCode = wrongs.length === 0 ? 0 : 1;
