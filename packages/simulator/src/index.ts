export { type Call, type CallCounts, type CallOutcome, type CallSink, itemOf } from "./calls.ts";
export { BatchTimes, Behaviour, Latency, Limits } from "./options.ts";
export { RehearsedProvider, type SizedCall, type SizedDecision } from "./rehearsed.ts";
export { type RepliesSource, readReplies, UnusableReplies } from "./replies/read.ts";
export { Reply, simulatedModelPrefix, TokenLogprob } from "./replies/reply.ts";
export { Fault, FaultRule, WrittenFaultRule } from "./simulation/fault-rule.ts";
export type { LimitUse } from "./simulation/rate-limiter.ts";
export { promptTokens, tokensOf } from "./simulation/tokens.ts";
export { type Simulator, type SimulatorOptions, startSimulator } from "./start.ts";
