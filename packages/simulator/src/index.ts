export { type Call, type CallCounts, type CallOutcome, type CallSink, itemOf } from "./calls.ts";
export { BatchTimes, Behaviour, Latency, Limits } from "./options.ts";
export { type RepliesSource, UnusableReplies } from "./replies/read.ts";
export { Reply, simulatedModelPrefix, TokenLogprob } from "./replies/reply.ts";
export { Fault, FaultRule, WrittenFaultRule } from "./simulation/fault-rule.ts";
export { type Simulator, type SimulatorOptions, startSimulator } from "./start.ts";
