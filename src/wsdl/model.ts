import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../package/package-root.ts';
import { readWsdl, type WsdlModel } from '../soap/wsdl-model.ts';

/**
 * The WSDL's model, read from the WSDL. The build puts `built-model.ts` in the place of this file: reading the
 * WSDL takes a tenth of a start, and gives the same every time.
 */
export function wsdlModel(): WsdlModel {
  return readWsdl(readFileSync(path.join(packageRoot, 'wsdl', 'ttsoapcgi.wsdl'), 'utf8'));
}
