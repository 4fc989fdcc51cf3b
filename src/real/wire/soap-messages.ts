import { createSoapCodec, type SoapCodec } from '../../soap/codec.ts';
import { type ElementWriter, resultWriters } from '../../soap/encoder.ts';
import { SoapFault } from '../../soap/soap-fault.ts';
import type { OperationModel, WsdlField, WsdlModel } from '../../soap/wsdl-model.ts';

/** The fault that a server answers with. */
export interface FaultOfServer {
  readonly code: string;
  readonly text: string;
  readonly detail: string | undefined;
}

/** An answer as values of the WSDL's types, or the fault; neither for what is no message of this interface. */
export type ReadAnswer =
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'fault'; readonly fault: FaultOfServer }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** A call as it stands in a request. */
export interface ReadCall {
  readonly operation: string;
  readonly parts: Readonly<Record<string, unknown>>;
}

/** Requests and answers of one WSDL, written and read both ways. */
export interface SoapMessages {
  readonly model: WsdlModel;
  /** @param parts by name; those that are left out are not sent. @throws TypeError for what the WSDL does not allow */
  writeCall(operation: string, parts: Readonly<Record<string, unknown>>): Buffer;
  readCall(body: Buffer, contentType: string | undefined): ReadCall | undefined;
  readAnswer(body: Buffer, contentType: string | undefined): ReadAnswer;
}

/** Answers hold whole projects: what bounds a request of an unknown client does not bound them. */
const answerLimits = { depth: 600, elements: 50_000_000, characterReferences: 100_000_000 };

const text = (name: string): WsdlField => ({
  name,
  type: { kind: 'simple', name: 'string' },
  optional: false,
  nillable: false,
});

/**
 * Compiles a WSDL for somebody who calls, where the codec is for somebody who answers: an answer is read as the
 * request of an operation that is called `XResponse`, and a request is written as the result of one part after the other.
 */
export function soapMessages(model: WsdlModel): SoapMessages {
  const calls = createSoapCodec(model, { ...answerLimits, answerCacheBytes: 0 });
  const readers = {
    answers: createSoapCodec(mirrored(model), { ...answerLimits, answerCacheBytes: 0 }),
    faults: createSoapCodec(faultModel(model)),
  };
  const partWriters = partsOf(model);
  return {
    model,
    writeCall: (operation, parts) => {
      const written = partWriters(operation).map(([name, write]) => write(parts[name]));
      return Buffer.from(
        `<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:ttns="${model.namespace}"><SOAP-ENV:Body SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><ttns:${operation}>${written.join('')}</ttns:${operation}></SOAP-ENV:Body></SOAP-ENV:Envelope>`,
      );
    },
    readCall: (body, contentType) => {
      try {
        const { operation, input } = calls.readBody(body, contentType);
        return { operation, parts: input };
      } catch (error) {
        if (error instanceof SoapFault) return undefined;
        throw error;
      }
    },
    readAnswer: (body, contentType) => readAnswer(readers, model, { body, contentType }),
  };
}

/** A fault is the first thing in its Body, and no text of a record can look like this. */
const faultTag = /<(?:[\w.-]+:)?Fault[\s>]/;
const FAULT_WITHIN = 4_096;

function readAnswer(
  { answers, faults }: { readonly answers: SoapCodec; readonly faults: SoapCodec },
  model: WsdlModel,
  { body, contentType }: { readonly body: Buffer; readonly contentType: string | undefined },
): ReadAnswer {
  try {
    if (faultTag.test(body.toString('latin1', 0, FAULT_WITHIN))) {
      return { kind: 'fault', fault: faultOf(faults.readBody(body, contentType).input) };
    }
    const { operation, input } = answers.readBody(body, contentType);
    const part = model.operations.get(operation.slice(0, -answerEnding.length))?.output.name ?? '';
    return { kind: 'result', result: input[part] };
  } catch (error) {
    if (error instanceof SoapFault) return { kind: 'unreadable', reason: error.hint };
    throw error;
  }
}

function faultOf(input: Readonly<Record<string, unknown>>): FaultOfServer {
  const said = (name: string) => {
    const value = input[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return { code: said('faultcode') ?? '', text: said('faultstring') ?? '', detail: said('detail')?.trim() };
}

const answerEnding = 'Response';

function mirrored(model: WsdlModel): WsdlModel {
  const answers = [...model.operations.values()].map((operation): [string, OperationModel] => {
    const name = `${operation.name}${answerEnding}`;
    return [name, { ...operation, name, input: [operation.output] }];
  });
  return { ...model, operations: new Map(answers) };
}

function faultModel(model: WsdlModel): WsdlModel {
  const fault: OperationModel = {
    name: 'Fault',
    soapAction: '',
    input: ['faultcode', 'faultstring', 'detail'].map(text),
    output: text('none'),
  };
  return {
    ...model,
    namespace: 'http://schemas.xmlsoap.org/soap/envelope/',
    operations: new Map([[fault.name, fault]]),
  };
}

/** The writers of an operation's parts, made when it is first called. */
function partsOf(model: WsdlModel): (operation: string) => readonly [string, ElementWriter][] {
  const writersOf = resultWriters(model, '1.1');
  const known = new Map<string, [string, ElementWriter][]>();
  return (name) => {
    let writers = known.get(name);
    if (!writers) {
      const operation = model.operations.get(name);
      if (!operation) throw new TypeError(`the server's contract has no operation ${name}`);
      writers = operation.input.map((part) => [part.name, writersOf({ ...operation, output: part })]);
      known.set(name, writers);
    }
    return writers;
  };
}
