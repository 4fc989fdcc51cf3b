import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../package/package-root.ts';
import { readWsdl, type WsdlModel } from '../soap/wsdl-model.ts';
import type { Generation } from './generations.ts';
import { wsdlTextOf } from './older-wsdl.ts';

/**
 * The model of a generation's WSDL, read from the WSDL. The build puts `built-model.ts` in the place of this file:
 * reading the WSDL takes a tenth of a start, and gives the same every time.
 */
export function wsdlModel(generation: Generation): WsdlModel {
  const newest = readFileSync(path.join(packageRoot, 'wsdl', 'ttsoapcgi.wsdl'), 'utf8');
  return readWsdl(wsdlTextOf(newest, generation));
}
