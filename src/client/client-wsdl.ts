import { readFileSync } from 'node:fs';
import path from 'node:path';
import { once } from '../memo/memory.ts';
import { packageRoot } from '../package/package-root.ts';
import { readWsdl, type WsdlModel } from '../soap/wsdl-model.ts';
import { type LoadedWsdl, soapTools } from './strong-soap.ts';

/** A WSDL as this client works from it: strong-soap's reading for the wire, ours for the types. */
export interface ClientWsdl {
  readonly model: WsdlModel;
  readonly loaded: LoadedWsdl;
}

/** The WSDL of this package, read once. One WSDL serves every installation (documented). */
export const packagedWsdl = once('WSDL of the client', () =>
  clientWsdlOf(readFileSync(path.join(packageRoot, 'wsdl', 'ttsoapcgi.wsdl'), 'utf8')),
);

/**
 * Reads the text of a WSDL.
 *
 * @throws WsdlError when it is none that this client can work from
 */
export function clientWsdlOf(text: string): ClientWsdl {
  return { model: readWsdl(text), loaded: soapTools().readWsdl(text) };
}
