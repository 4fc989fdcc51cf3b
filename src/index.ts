/** Twintrack as a library: a twin of TestTrack's SOAP SDK and ApTest's rpc.mpl inside a test process. */
export { ListenProblem } from './http/listener.ts';
export { QuantityProblem } from './http/quantity.ts';
export { type GivenSettings, type SettingName, SettingsError } from './http/settings.ts';
export type { Log, LogFields, LogLevel } from './log/log.ts';
export { ScenarioError } from './scenario/problem.ts';
export type { Summary } from './summary.ts';
export { type ForkedWorld, startTwin, type Twin, type TwinClock, type TwinOptions, type WorldHandle } from './twin.ts';
export type { ClockChoice, ClockMode, ClockState } from './world/clock.ts';
