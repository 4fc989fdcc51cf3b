/** Shorthands for the tests of the SOAP codec. */
import { createSoapCodec } from '../../src/soap/codec.ts';
import { SoapFault } from '../../src/soap/soap-fault.ts';
import { envelope, wsdlModel } from './soap-message.ts';

export const codec = createSoapCodec(wsdlModel);

/** Reads an envelope whose Body has this content. */
export function readBody(body: string) {
  return codec.readRequest(envelope(body));
}

/** The input of an operation whose element has this content. */
export function inputOf(operation: string, content: string) {
  return readBody(`<ns:${operation}>${content}</ns:${operation}>`).input;
}

/** What getDefect gets as its summary part when the element is written like this. */
export function summaryFrom(element: string): unknown {
  return inputOf('getDefect', element).summary;
}

/** The defect that addDefect gets when its members are written like this. */
export function defectFrom(members: string): unknown {
  return inputOf('addDefect', `<cookie>1</cookie><pDefect>${members}</pDefect>`).pDefect;
}

/** The fault an action must end with; any other error comes through. */
export function faultFrom(action: () => unknown): SoapFault {
  try {
    action();
  } catch (error) {
    if (error instanceof SoapFault) return error;
    throw error;
  }
  throw new Error('expected a SoapFault, got an answer');
}
