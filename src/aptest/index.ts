/** What users import as `twintrack/aptest`: the session object of the manual, and the way to a suite. */
export type { Runner } from '../runner/runner.ts';
export type { Draft } from '../world/draft.ts';
export type { FileContent } from '../world/file-content.ts';
export { commandNamed, commands } from './commands/index.ts';
export type { Account } from './model/account.ts';
export type { FieldDefinition, ResultDefinition, Suite, VariableDefinition } from './model/definitions.ts';
export type { Selector, Selectors } from './model/run-head.ts';
export type { FieldValue, FieldValues } from './model/value.ts';
export type { TestAttributes } from './rules/test-attributes.ts';
export { Field } from './run/field.ts';
export { type InSuite, inSuite, type SuiteWork } from './run/in-suite.ts';
export { OpenSuite } from './run/open-suite.ts';
export type { NewNote } from './run/results.ts';
export { TestSession } from './run/test-session.ts';
export { TestSet } from './run/test-set.ts';
export type { TestReference } from './run/tests.ts';
export { type ApTest, createApTest, type RpcRequest } from './service.ts';
