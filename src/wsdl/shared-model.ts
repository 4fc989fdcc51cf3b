import { readFileSync } from 'node:fs';
import path from 'node:path';
import { memoOfRecent, memoryOfRecent, once } from '../memo/memory.ts';
import { packageRoot } from '../package/package-root.ts';
import { createSoapCodec, type SoapCodec } from '../soap/codec.ts';
import type { PartAliases } from '../soap/decoder.ts';
import type { AnswerForms } from '../soap/encoder.ts';
import { type Generation, generations, stepsBackTo } from './generations.ts';
import { wsdlModel } from './model.ts';
import { wsdlTextOf } from './older-wsdl.ts';
import { isUnset } from './unset-moments.ts';

/** Newer releases call the part pGlobalUser, the WSDL of 2016 pUser. [documented for both] */
const partAliases: PartAliases = { addGlobalUser: { pGlobalUser: 'pUser' } };

/** The newest WSDL, as it stands in the package. */
const packagedText = once('WSDL', () =>
  readFileSync(path.join(packageRoot, 'wsdl', 'ttsoapcgi.wsdl'), 'utf8'),
);

/** What the newest WSDL says, read once. */
export const sharedModel = once('WSDL model', () => wsdlModel('newest'));

/** The WSDL of a generation, before an address is put in. */
export const wsdlOf = memoOfRecent('WSDLs of generations', generations.length, (generation: Generation) =>
  wsdlTextOf(packagedText(), generation),
);

/** What the WSDL of a generation says, and with it what its messages hold. */
export const modelOf = memoOfRecent('models of generations', generations.length, (generation: Generation) =>
  generation === 'newest' ? sharedModel() : wsdlModel(generation),
);

/** The settings of a twin that a codec depends on. */
export interface CodecSettings {
  readonly soapDepth: number;
  readonly soapElements: number;
  readonly soapAttributes: number;
}

/** What a codec depends on of the world that it is for. */
export interface WireForms {
  readonly sdk: Generation;
  readonly emptyLists: AnswerForms['emptyLists'];
}

/** Settings that differ make a codec each; few processes ever see two. */
const codecs = memoryOfRecent<string, SoapCodec>('codecs', 8);

/**
 * A codec for the WSDL of a generation that holds the limits of these settings. All twins of a process with equal
 * settings share it: the WSDL never changes, and compiling it is much of what a start costs.
 */
function sharedCodec(settings: CodecSettings, { sdk, emptyLists }: WireForms): SoapCodec {
  const { soapDepth: depth, soapElements: elements, soapAttributes: attributesPerElement } = settings;
  const key = `${sdk} ${emptyLists} ${depth} ${elements} ${attributesPerElement}`;
  let codec = codecs.get(key);
  if (!codec) {
    codec = createSoapCodec(modelOf(sdk), {
      ...{ depth, elements, attributesPerElement, partAliases, emptyLists, isUnset },
      laterTypes: new Set(stepsBackTo(sdk).flatMap(({ types }) => types)),
      unknownOperations: new Map(
        stepsBackTo(sdk).flatMap(({ operations, since }) =>
          operations.map((name) => [name, laterHint(name, since, sdk)]),
        ),
      ),
    });
    codecs.set(key, codec);
  }
  return codec;
}

/**
 * The codecs of a twin by the forms that its worlds speak in. It is asked for every call, and nearly all ask for the same as
 * the one before.
 */
export function codecsOf(settings: CodecSettings): (forms: WireForms) => SoapCodec {
  let last: { readonly forms: WireForms; readonly codec: SoapCodec } | undefined;
  return (forms) => {
    const isSame = last?.forms.sdk === forms.sdk && last.forms.emptyLists === forms.emptyLists;
    if (last === undefined || !isSame) last = { forms, codec: sharedCodec(settings, forms) };
    return last.codec;
  };
}

function laterHint(operation: string, since: Generation, sdk: Generation): string {
  const when = since === 'newest' ? 'Releases after 2016 have' : `Releases of about ${since} have`;
  return `${when} the operation "${operation}"; this world answers as the SDK of ${sdk} does. Leave testtrack.server.sdk out of the scenario, or name a later generation there.`;
}
