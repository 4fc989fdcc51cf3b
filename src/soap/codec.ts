import { LazyList } from '../answers/lazy-list.ts';
import { atOnce, type Steps } from '../answers/steps.ts';
import { didYouMean } from '../input/did-you-mean.ts';
import { RecentCache } from '../memo/recent-cache.ts';
import { AnswerCache } from './answer-cache.ts';
import { isRelated, type RelatedRequest, relatedRequest, resolveAttachments } from './attachments.ts';
import { operationReaders, type ReaderSettings } from './decoder.ts';
import { type AnswerForms, type ElementWriter, resultWriters } from './encoder.ts';
import { bodyOf, callElement, envelopeVersion } from './envelope.ts';
import { type AnswerFrame, answerFrame, faultEnvelope, type WrittenFault } from './envelope-writer.ts';
import { endOfInput, methodNotRecognized, noData } from './gsoap-faults.ts';
import { DEFAULT_SOAP_LIMITS, type SoapLimits } from './limits.ts';
import { DecodeContext } from './references.ts';
import { notXmlHint, withoutSurroundings } from './request-shape.ts';
import { quoted, SoapFault, type SoapVersion } from './soap-fault.ts';
import { decodeBody } from './text-encoding.ts';
import type { WsdlModel } from './wsdl-model.ts';
import { namespaceOf, type XmlNode } from './xml-node.ts';
import { readingTree } from './xml-reader.ts';

export type { WrittenFault } from './envelope-writer.ts';
export type { SoapLimits } from './limits.ts';

/** A call as an operation wants it: typed values, every declared part present. */
export interface SoapRequest {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Answer in this version: hand it to writeResponse or writeFault. */
  readonly version: SoapVersion;
}

/** Text of a SOAP message to typed values and back, for one WSDL. Synchronous and without state but a cache. */
export interface SoapCodec {
  /**
   * Reads the body of a request. One that came before to the letter means the same again: clients that poll send few
   * different ones.
   * @param contentType the header as sent, if any
   * @throws SoapFault, and nothing else, for whatever the bytes hold
   */
  readBody(bytes: Buffer, contentType: string | undefined): SoapRequest;
  /** The same in steps, for a body that is long: reading one of megabytes takes a tenth of a second. */
  readingBody(bytes: Buffer, contentType: string | undefined): Steps<SoapRequest>;
  /** The same for a request that is text already. */
  readRequest(xml: string): SoapRequest;
  /**
   * The whole envelope on one line, in UTF-8. A frozen result is encoded once and remembered by identity.
   * @throws AnswerMismatchError when the result is not what the WSDL declares
   */
  writeAnswer(operation: string, result: unknown, version?: SoapVersion): Buffer;
  /**
   * The same piece by piece, for a result with a `LazyList` in it: its items are made and written as they are asked for.
   * @returns undefined for a result that is all there
   */
  writePieces(operation: string, result: unknown, version?: SoapVersion): Iterable<string> | undefined;
  /** Also takes a SoapFault, whose own version then counts. */
  writeFault(fault: WrittenFault | SoapFault, version?: SoapVersion): Buffer;
}

/** Settings of a codec: the limits of a request, and the memory for encoded records. */
export interface SoapCodecSettings extends SoapLimits, AnswerForms, ReaderSettings {
  /** Bytes that the encoded texts of frozen results may take; 0 for none. */
  readonly answerCacheBytes: number;
  /** What a hint says of operations that the WSDL does not have, where it is more than that. */
  readonly unknownOperations: ReadonlyMap<string, string>;
}

const DEFAULT_CACHE_BYTES = 32 * 1024 * 1024;
/** Requests up to this length may stay in memory as long as one of their values does. */
const SMALL_REQUEST = 8_192;
/** Longer requests carry records, and those do not come twice. */
const REMEMBERED_REQUEST = 2_048;
/** At most twice as many are held, which takes a few megabytes. */
const REMEMBERED_REQUESTS = 4_000;

/**
 * Compiles a WSDL into a codec.
 * @param settings what differs from the defaults (`DEFAULT_SOAP_LIMITS`, 32 MB of remembered answers, no aliases, lists
 *   without items as arrays)
 */
export function createSoapCodec(model: WsdlModel, settings: Partial<SoapCodecSettings> = {}): SoapCodec {
  const { answerCacheBytes = DEFAULT_CACHE_BYTES, emptyLists = 'array', laterTypes = new Set() } = settings;
  const forms = { emptyLists, laterTypes };
  const reader = new RequestReader(model, settings);
  const answers = new AnswerWriter(model, '1.1', { ...forms, cacheBytes: answerCacheBytes });
  // SOAP 1.2 clients are rare: their writers are compiled when the first one comes, and remember nothing.
  let answers12: AnswerWriter | undefined;
  const writerFor = (version: SoapVersion): AnswerWriter => {
    if (version === '1.1') return answers;
    answers12 ??= new AnswerWriter(model, version, { ...forms, cacheBytes: 0 });
    return answers12;
  };
  return {
    readBody: (bytes, contentType) => reader.readBody(bytes, contentType),
    readingBody: (bytes, contentType) => reader.readingBody(bytes, contentType),
    readRequest: (xml) => atOnce(reader.reading(xml)),
    writeAnswer: (operation, result, version = '1.1') => writerFor(version).write(operation, result),
    writePieces: (operation, result, version = '1.1') => writerFor(version).pieces(operation, result),
    writeFault: (fault, version) =>
      Buffer.from(
        faultEnvelope(
          fault,
          model.namespace,
          version ?? (fault instanceof SoapFault ? fault.version : '1.1'),
        ),
      ),
  };
}

/** What is known of a request beside its text. */
interface SentForm {
  readonly contentType?: string | undefined;
  readonly attachments?: RelatedRequest['attachments'];
}

class RequestReader {
  readonly #model: WsdlModel;
  readonly #limits: SoapLimits;
  readonly #unknownOperations: SoapCodecSettings['unknownOperations'] | undefined;
  readonly #callReaders: ReturnType<typeof operationReaders>;
  readonly #recent = new RecentCache<string, SoapRequest>(REMEMBERED_REQUESTS);

  constructor(model: WsdlModel, settings: Partial<SoapCodecSettings>) {
    this.#model = model;
    this.#limits = { ...DEFAULT_SOAP_LIMITS, ...settings };
    this.#unknownOperations = settings.unknownOperations;
    this.#callReaders = operationReaders(model, settings);
  }

  readBody(bytes: Buffer, contentType: string | undefined): SoapRequest {
    if (bytes.length > REMEMBERED_REQUEST) return atOnce(this.readingBody(bytes, contentType));
    // Latin-1 has a character for every byte, so that this tells requests apart whatever they are encoded in.
    const letters = `${contentType}\n${bytes.toString('latin1')}`;
    const known = this.#recent.get(letters);
    if (known !== undefined) return known;
    const request = atOnce(this.readingBody(bytes, contentType));
    if (Object.values(request.input).every(isScalar)) {
      Object.freeze(request.input);
      this.#recent.set(letters, request);
    }
    return request;
  }

  *readingBody(bytes: Buffer, contentType: string | undefined): Steps<SoapRequest> {
    if (!isRelated(contentType)) return yield* this.reading(decodeBody(bytes, contentType), { contentType });
    const { root, contentType: rootType, attachments } = relatedRequest(bytes, contentType);
    return yield* this.reading(decodeBody(root, rootType), { contentType: rootType, attachments });
  }

  /** @param sent how it came, as far as that is known */
  *reading(source: string, sent: SentForm = {}): Steps<SoapRequest> {
    const xml = withoutSurroundings(source);
    if (!/\S/.test(xml)) throw noData();
    const shape = notXmlHint(xml, sent.contentType);
    if (shape !== undefined) throw endOfInput(shape);
    const envelope = yield* readingTree(xml, this.#limits);
    if (sent.attachments) resolveAttachments(envelope, sent.attachments);
    const version = envelopeVersion(envelope);
    try {
      return this.#readCall(envelope, { version, length: xml.length });
    } catch (error) {
      if (error instanceof SoapFault) error.version = version;
      throw error;
    }
  }

  #readCall(envelope: XmlNode, { version, length }: { version: SoapVersion; length: number }): SoapRequest {
    const body = bodyOf(envelope);
    const call = callElement(body);
    const readParts = this.#callReaders(call.local);
    if (readParts === undefined) throw this.#unknownOperation(call);
    this.#checkNamespace(call, [body, envelope]);
    const context = new DecodeContext(body, {
      envelopeName: envelope.name,
      limits: this.#limits,
      detachesText: length > SMALL_REQUEST,
    });
    return { operation: call.local, input: readParts(call, context), version };
  }

  #unknownOperation(call: XmlNode): SoapFault {
    const known = this.#unknownOperations?.get(call.local);
    if (known !== undefined) return methodNotRecognized(call.name, known);
    const near = didYouMean(call.local, this.#model.operations.keys());
    const remedy =
      near === undefined
        ? 'The WSDL at /ttsoapcgi.wsdl lists every operation.'
        : `Did you mean ${quoted(near)}? Names are case-sensitive.`;
    return methodNotRecognized(call.name, `There is no operation ${quoted(call.local)}. ${remedy}`);
  }

  /**
   * Any prefix and the default namespace are accepted (observed in real requests), and so is a call without
   * any namespace; another namespace is refused as gSOAP does, and so is a prefix that is not declared.
   */
  #checkNamespace(call: XmlNode, ancestors: readonly [XmlNode, XmlNode]): void {
    const namespace = namespaceOf(call, ancestors);
    const expected = this.#model.namespace;
    if (namespace === expected || namespace === '') return;
    // Without a prefix, the envelope's own default namespace only shows that none was chosen for the call.
    if (
      !call.name.includes(':') &&
      call.attributes.xmlns === undefined &&
      namespace === namespaceOf(ancestors[0], [ancestors[1]])
    ) {
      return;
    }
    throw methodNotRecognized(
      call.name,
      namespace === undefined
        ? `The prefix of ${quoted(call.name)} is not declared. Declare it as ${quoted(expected)}.`
        : `${quoted(call.name)} is in the namespace ${quoted(namespace)}; the operation's namespace is ${quoted(expected)}.`,
    );
  }
}

interface AnswerPlan {
  readonly frame: AnswerFrame;
  readonly startBytes: Buffer;
  readonly endBytes: Buffer;
  readonly write: ElementWriter;
  /** Set for operations whose result is a record: the name and type it is written as. */
  readonly shape: string | undefined;
}

class AnswerWriter {
  readonly #model: WsdlModel;
  readonly #version: SoapVersion;
  readonly #writers: ReturnType<typeof resultWriters>;
  readonly #plans = new Map<string, AnswerPlan>();
  readonly #cache: AnswerCache;

  constructor(model: WsdlModel, version: SoapVersion, forms: AnswerForms & { readonly cacheBytes: number }) {
    this.#cache = new AnswerCache(forms.cacheBytes);
    this.#model = model;
    this.#version = version;
    this.#writers = resultWriters(model, version, forms);
  }

  write(operation: string, result: unknown): Buffer {
    const { frame, startBytes, endBytes, write, shape } = this.#planOf(operation);
    if (shape === undefined || !isFrozenObject(result)) {
      return Buffer.from(frame.start + write(result) + frame.end);
    }
    const known = this.#cache.get(result, shape);
    if (known?.operation === operation) return known.envelope;
    const envelope = known
      ? Buffer.concat([startBytes, known.record, endBytes])
      : Buffer.from(frame.start + write(result) + frame.end);
    const record = envelope.subarray(startBytes.length, envelope.length - endBytes.length);
    this.#cache.set(result, { shape, operation, envelope, record });
    return envelope;
  }

  pieces(operation: string, result: unknown): Iterable<string> | undefined {
    const { frame, write } = this.#planOf(operation);
    const { pieces } = write;
    if (!pieces || !holdsLazyList(result)) return undefined;
    return (function* () {
      yield frame.start;
      yield* pieces(result);
      yield frame.end;
    })();
  }

  /** Made when an operation is first answered: most clients use a dozen of 162, and a start should not wait. */
  #planOf(name: string): AnswerPlan {
    const known = this.#plans.get(name);
    if (known !== undefined) return known;
    const operation = this.#model.operations.get(name);
    if (operation === undefined) throw new Error(`the WSDL has no operation ${name}`);
    const { output } = operation;
    const frame = answerFrame(name, this.#model.namespace, this.#version);
    const plan = {
      frame,
      startBytes: Buffer.from(frame.start),
      endBytes: Buffer.from(frame.end),
      write: this.#writers(operation),
      shape: output.type.kind === 'struct' ? `${output.name} ${output.type.name}` : undefined,
    };
    this.#plans.set(name, plan);
    return plan;
  }
}

function holdsLazyList(result: unknown): boolean {
  if (typeof result !== 'object' || result === null || Object.isFrozen(result)) return false;
  return Object.values(result).some((member) => member instanceof LazyList);
}

function isFrozenObject(result: unknown): result is object {
  return typeof result === 'object' && result !== null && Object.isFrozen(result);
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object';
}
