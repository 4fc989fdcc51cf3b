/** Twintrack as a library: a twin of TestTrack's SOAP SDK and ApTest's rpc.mpl inside a test process. */

export type { InSuite, SuiteWork } from './aptest/run/in-suite.ts';
export { OpenSuite } from './aptest/run/open-suite.ts';
export { TestSession } from './aptest/run/test-session.ts';
export { TestSet } from './aptest/run/test-set.ts';
export type { TwinErrorCode } from './errors/own-errors.ts';
export type { ShownRule } from './fault-rules/fault-rules.ts';
export { ListenError } from './http/open-port.ts';
export { type GivenSettings, type SettingName, SettingsError } from './http/settings.ts';
export type { TlsOptions } from './http/tls/tls-options.ts';
export { QuantityError } from './input/quantity.ts';
export { TwinError } from './input/twin-error.ts';
export type { JournalEntry } from './journal/entry.ts';
export type { ExpectedCall, Verification } from './journal/expectation.ts';
export { UnknownOperationError } from './journal/known-operations.ts';
export type { FieldMismatch } from './journal/match.ts';
export { ImpossibleCallError } from './journal/possible-calls.ts';
export type { JournalQuery } from './journal/query.ts';
export type { NearCall, VerificationFailure } from './journal/verify.ts';
export type { Log, LogFields, LogLevel } from './log/log.ts';
export { ScenarioError } from './scenario/reading/problem.ts';
export type { Difference, DifferenceReport } from './snapshots/report.ts';
export { SnapshotError } from './snapshots/snapshots.ts';
export type { GivenClock, TwinClock } from './twin/clock.ts';
export { FaultRuleError, type GivenRule, type TwinRules } from './twin/fault-rules.ts';
export { JournalError, type TwinJournal, VerificationError } from './twin/journal.ts';
export type { TwinTls } from './twin/open-tls.ts';
export type { ReportOptions } from './twin/report.ts';
export type { TwinSnapshot } from './twin/snapshots.ts';
export {
  type ForkedWorld,
  type ForkOptions,
  startTwin,
  type Twin,
  type TwinOptions,
  type WorldHandle,
} from './twin.ts';
export type { ClockChoice, ClockMode, ClockState } from './world/clock.ts';
export { ProductFault } from './world/product-fault.ts';
export { StoreError } from './world/store/store-error.ts';
export type { NewClock } from './worlds/set-clock.ts';
export type { Summary } from './worlds/summary.ts';
export { WorldError } from './worlds/world-error.ts';
