/** What `twintrack replay` is made of, loaded when it is called for. */
export { openRecording } from '../recording/recording-file.ts';
export { limitsOf, soapCallerFor, targetOf, usualPaths } from '../server-connection.ts';
export { Allowances, allowancesIn } from './allowances.ts';
export { FormCaller } from './form-caller.ts';
export { replayed } from './replay.ts';
export { differenceText, outcomesOf, replayJunit, replayMarkdown } from './report.ts';
