import { Pending } from '../../src/answers/pending.ts';
import type { SoapRequest } from '../../src/soap/codec.ts';
import { SoapFault } from '../../src/soap/soap-fault.ts';
import type { OperationName } from '../../src/testtrack/model/operation-types.generated.ts';
import { ProductFault } from '../../src/world/product-fault.ts';
import { type SessionOperationName, sessionCalls } from '../support/session-calls.ts';
import { parse, readAnswer, writeCall, wsdlModel } from '../support/soap-message.ts';
import { codec } from '../support/soap-requests.ts';
import type { TestTrackCalls } from '../support/testtrack.ts';
import type { FuzzCase } from './fuzz-case.ts';
import { mutated } from './mutate.ts';
import { anyValue, bent } from './values.ts';

const operationNames = [...wsdlModel.operations.keys()] as OperationName[];
type Parts = Readonly<Record<string, unknown>>;

/** Calls that need no session and are good. */
const serverCalls: Readonly<Record<string, Parts>> = {
  getDatabaseList: {},
  getProjectList: { username: 'admin', password: 'secret' },
  getProjectDataOptionList: {},
  DatabaseLogon: { dbname: 'Project', username: 'admin', password: 'secret' },
  ProjectLogon: {
    pProj: { database: { name: 'Project' }, options: [{ name: 'TestTrack Pro' }], servernumber: 0 },
    username: 'admin',
    password: 'secret',
  },
};

const contentTypes = [
  ...['text/xml; charset=utf-8', 'text/xml; charset=utf-8', 'text/xml', undefined],
  ...[
    'text/xml; charset=iso-8859-1',
    'text/xml; charset=utf-16',
    'application/soap+xml',
    'text/xml; charset=x',
  ],
];

/** A few SOAP requests one after another, some of them good. */
export function soapCase(fuzz: FuzzCase): void {
  const { chance, beginning } = fuzz;
  const cookies: unknown[] = [beginning.cookie];
  for (let count = 1 + chance.below(4); count > 0; count--) {
    const name = chance.of(operationNames);
    const cookie = chance.happens(0.95)
      ? chance.of(cookies)
      : chance.of([beginning.powerless, 0, -1, '', null]);
    const result = sendSoap(fuzz, messageFor(fuzz, name, cookie), contentTypeFor(fuzz));
    if (/Logon$/.test(name) && typeof result === 'number') cookies.push(result);
    if (chance.happens(0.05)) {
      fuzz.main.runner.clock.advance(chance.of([1_000, 899_999, 900_000, 86_400_000]));
      fuzz.isClockMoved = true;
    }
  }
}

function contentTypeFor({ chance }: FuzzCase): string | undefined {
  return chance.happens(0.9) ? contentTypes[0] : chance.of(contentTypes);
}

function messageFor(fuzz: FuzzCase, name: OperationName, cookie: unknown): Buffer {
  const { chance } = fuzz;
  const good = { ...goodParts(fuzz, name, cookie), cookie };
  const xml = writeCall(name, chance.happens(0.4) ? good : bentParts(fuzz, name, good));
  const as12 = (text: string) =>
    text
      .replace('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope')
      .replace(/ soap:encodingStyle="[^"]*"/, '');
  const bytes = Buffer.from(chance.happens(0.05) ? as12(xml) : xml);
  return chance.happens(0.2) ? mutated(bytes, chance) : bytes;
}

/** Parts that do what the operation is for, after the calls that come before it; nothing when those are refused. */
function goodParts(fuzz: FuzzCase, name: OperationName, cookie: unknown): Parts {
  if (!(name in sessionCalls)) return serverCalls[name] ?? {};
  const tt = new Proxy({} as TestTrackCalls, {
    get: (_, before: string) => (parts: Parts) => {
      const result = sendSoap(fuzz, Buffer.from(writeCall(before, parts)), contentTypes[0]);
      if (result === undefined) throw new NotPrepared();
      return result;
    },
  });
  try {
    return sessionCalls[name as SessionOperationName](tt, cookie as number);
  } catch (error) {
    if (error instanceof NotPrepared) return {};
    throw error;
  }
}

/** A call that had to come before was refused. */
class NotPrepared extends Error {}

function bentParts({ chance }: FuzzCase, name: OperationName, good: Parts): Parts {
  const declared = (wsdlModel.operations.get(name)?.input ?? []).filter((part) => part.name !== 'cookie');
  if (declared.length === 0) return good;
  if (chance.happens(0.2)) {
    return {
      ...Object.fromEntries(declared.map((part) => [part.name, anyValue(part.type, chance)])),
      cookie: good.cookie,
    };
  }
  const { name: part, type } = chance.of(declared);
  return { ...good, [part]: bent(type, good[part], chance) };
}

/**
 * Sends a request through decoder, service and encoder as the endpoint does, and looks at the answer.
 *
 * @returns what the operation gives; undefined when it was refused
 */
function sendSoap(fuzz: FuzzCase, body: Buffer, contentType: string | undefined): unknown {
  const before = fuzz.world;
  let call: SoapRequest | undefined;
  try {
    const read = fuzz.timed('reading a SOAP request', () => codec.readBody(body, contentType));
    call = read;
    const { operation, input } = read;
    const result = fuzz.timed(operation, () => fuzz.main.testTrack.call(operation, input));
    if (result instanceof Pending) {
      const finished = result.finish().then((whole) => lookAtAnswer(fuzz, read, whole));
      fuzz.later.push(finished.catch((error: unknown) => fuzz.mistake(operation, error)));
    } else {
      fuzz.timed(`the answer of ${operation}`, () => lookAtAnswer(fuzz, read, result));
    }
    fuzz.count(operation, true);
    return result ?? null;
  } catch (error) {
    const name = call?.operation ?? 'unread SOAP';
    fuzz.count(name, false);
    if (error instanceof SoapFault || error instanceof ProductFault) lookAtFault(fuzz, error, call);
    else fuzz.mistake(name, error);
    fuzz.mustBeUnchanged(name, before);
    return undefined;
  }
}

function lookAtAnswer(fuzz: FuzzCase, { operation, version }: SoapRequest, result: unknown): void {
  const pieces = codec.writePieces(operation, result, version);
  const text = pieces ? [...pieces].join('') : codec.writeAnswer(operation, result, version).toString();
  fuzz.mustTellNothing(operation, text);
  try {
    if (version === '1.2') parse(text);
    else if ('fault' in readAnswer(operation, text)) fuzz.found(`${operation}: an answer that is a fault`);
  } catch (error) {
    fuzz.found(`${operation}: ${String(error)}: ${text.slice(0, 2_000)}`);
  }
}

function lookAtFault(fuzz: FuzzCase, error: SoapFault | ProductFault, call: SoapRequest | undefined): void {
  const name = call?.operation ?? 'unread SOAP';
  const written =
    error instanceof SoapFault
      ? error
      : ({ code: 'Server', text: error.text, detail: String(error.code) } as const);
  const version = error instanceof SoapFault ? error.version : (call?.version ?? '1.1');
  const text = codec.writeFault(written, version).toString();
  fuzz.mustTellNothing(name, text + error.hint);
  try {
    if (version === '1.2') parse(text);
    else if (!('fault' in readAnswer(name, text))) fuzz.found(`${name}: a refusal that is no fault`);
  } catch (problem) {
    fuzz.found(`the fault of ${name}: ${String(problem)}: ${text.slice(0, 1_000)}`);
  }
}
