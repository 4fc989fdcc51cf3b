/** What users import as `twintrack/aptest`: the session object of the manual, and the way to a suite. */
export { commandNamed, commands } from './commands/index.ts';
export type { Account } from './model/account.ts';
export type { FieldDefinition, ResultDefinition, Suite, VariableDefinition } from './model/definitions.ts';
export type { Selector, Selectors } from './model/run-head.ts';
export type { FieldValue, FieldValues } from './model/value.ts';
export { type ApTest, createApTest, type RpcRequest } from './service.ts';
export { Field } from './session/field.ts';
export { inSuite } from './session/in-suite.ts';
export { OpenSuite } from './session/open-suite.ts';
export type { NewNote } from './session/session-results.ts';
export type { TestAttributes, TestReference } from './session/session-tests.ts';
export { TestSession } from './session/test-session.ts';
export { TestSet } from './session/test-set.ts';
