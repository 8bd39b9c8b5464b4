import { once } from "node:events";
import { startSimulator } from "@countersign/simulator";
import { repliesTo } from "../texts.ts";
import type { Setting } from "./start.ts";

// The simulator's process: says where it listens, and ends with the process that started it.

const { texts, logprobs, ...behaviour } = JSON.parse(process.argv[2] ?? "") as Setting;
const simulator = await startSimulator({
  ...behaviour,
  replies: repliesTo(texts, logprobs),
  port: 0,
});
process.send?.(simulator.url);
await once(process, "disconnect");
await simulator.close();
