/** Twintrack as a library: a twin of TestTrack's SOAP SDK and ApTest's rpc.mpl inside a test process. */

export type { ShownRule } from './fault-rules/script.ts';
export { type GivenRule, RuleProblem, type TwinRules } from './fault-rules/twin-rules.ts';
export { ListenProblem } from './http/listener.ts';
export { QuantityProblem } from './http/quantity.ts';
export { type GivenSettings, type SettingName, SettingsError } from './http/settings.ts';
export type { JournalEntry } from './journal/entry.ts';
export type { ExpectedCall, Verification } from './journal/expectation.ts';
export { UnknownOperation } from './journal/known-operations.ts';
export type { FieldMismatch } from './journal/match.ts';
export type { JournalQuery } from './journal/query.ts';
export { JournalProblem, type TwinJournal, VerificationError } from './journal/twin-journal.ts';
export type { NearCall, VerificationFailure } from './journal/verify.ts';
export type { Log, LogFields, LogLevel } from './log/log.ts';
export { ScenarioError } from './scenario/problem.ts';
export type { Difference, DifferenceReport } from './snapshots/report.ts';
export { SnapshotProblem } from './snapshots/snapshots.ts';
export type { TwinSnapshot } from './snapshots/twin-snapshots.ts';
export type { Summary } from './summary.ts';
export {
  type ForkedWorld,
  type ForkOptions,
  startTwin,
  type Twin,
  type TwinOptions,
  type WorldHandle,
} from './twin.ts';
export type { ClockChoice, ClockMode, ClockState } from './world/clock.ts';
export { StoreProblem } from './world/store/store-problem.ts';
export type { NewClock } from './worlds/set-clock.ts';
export type { GivenClock, TwinClock } from './worlds/twin-clock.ts';
export { WorldProblem } from './worlds/world-problem.ts';
export type { ReportOptions } from './worlds/world-report.ts';
