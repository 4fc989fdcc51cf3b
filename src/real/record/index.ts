/** What `twintrack record` is made of, loaded when it is called for. */
export { sharedModel } from '../../wsdl/shared-model.ts';
export { Recorder } from '../recording/recorder.ts';
export { Redaction } from '../recording/redaction.ts';
export { StandIns } from '../recording/stand-ins.ts';
export { soapCallerFor, targetOf, usualPaths } from '../server-connection.ts';
export { soapMessages } from '../wire/soap-messages.ts';
export { startProxy } from './proxy.ts';
