/** What `twintrack contract derive|verify|diff` is made of, loaded when it is called for. */
export { openRecording } from '../recording/recording-file.ts';
export { FormCaller } from '../replay/form-caller.ts';
export { limitsOf, soapCallerFor, targetOf, usualPaths } from '../server-connection.ts';
export { contractChanges } from './compare.ts';
export { derivedContract } from './derive.ts';
export { clientContractIn } from './format.ts';
export { callsOfJournal, callsOfRecording, journalAt } from './sources.ts';
export { verifiedContract } from './verify.ts';
export { verifiedCommands } from './verify-commands.ts';
