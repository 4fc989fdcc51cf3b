/** TypeScript clients of both APIs, for a twin and for the real servers alike. */
export type * from '../testtrack/model/operation-types.generated.ts';
export { ApTestClient } from './aptest-client.ts';
export type { ApTestOptions } from './aptest-connection.ts';
export { ApTestApiError, ApTestConnectionError, ApTestError } from './aptest-errors.ts';
export type { WireArguments } from './aptest-form.ts';
export type * from './aptest-types.ts';
export { editLockFailed, hasErrored, haveEditLock, leaveEdit, wasSaved } from './edit-questions.ts';
export { EditLeftError, type EditOptions, EditScope, type EditState } from './edit-scope.ts';
export type { GivenParts, OperationParts, SessionOperationName } from './operation-methods.ts';
export type { FamilyName, SavableRecord } from './record-families.ts';
export { TestTrackClient } from './testtrack-client.ts';
export {
  TestTrackApiError,
  TestTrackConnectionError,
  TestTrackError,
  TestTrackLogonError,
} from './testtrack-errors.ts';
export { type ConnectOptions, type Credentials, TestTrackServer } from './testtrack-server.ts';
