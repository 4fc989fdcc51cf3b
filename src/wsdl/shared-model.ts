import { readFileSync } from 'node:fs';
import path from 'node:path';
import { memoryOfRecent, once } from '../memo/memory.ts';
import { packageRoot } from '../package/package-root.ts';
import { createSoapCodec, type SoapCodec } from '../soap/codec.ts';
import type { PartAliases } from '../soap/decoder.ts';
import { wsdlModel } from './model.ts';

/** Newer releases call the part pGlobalUser, the WSDL of 2016 pUser. [documented for both] */
const partAliases: PartAliases = { addGlobalUser: { pGlobalUser: 'pUser' } };

/** The WSDL as it stands in the package, before an address is put in. */
export const sharedWsdl = once('WSDL', () =>
  readFileSync(path.join(packageRoot, 'wsdl', 'ttsoapcgi.wsdl'), 'utf8'),
);

/** What the WSDL says, read once. */
export const sharedModel = once('WSDL model', wsdlModel);

/** The settings of a twin that a codec depends on. */
export interface CodecSettings {
  readonly soapDepth: number;
  readonly soapElements: number;
  readonly soapAttributes: number;
}

/** Settings that differ make a codec each; few processes ever see two. */
const codecs = memoryOfRecent<string, SoapCodec>('codecs', 8);

/**
 * A codec for the WSDL that holds the limits of these settings. All twins of a process with equal limits share
 * it: the WSDL never changes, and compiling it is much of what a start costs.
 */
export function sharedCodec(settings: CodecSettings): SoapCodec {
  const { soapDepth: depth, soapElements: elements, soapAttributes: attributesPerElement } = settings;
  const key = `${depth} ${elements} ${attributesPerElement}`;
  let codec = codecs.get(key);
  if (!codec) {
    codec = createSoapCodec(sharedModel(), { depth, elements, attributesPerElement, partAliases });
    codecs.set(key, codec);
  }
  return codec;
}
