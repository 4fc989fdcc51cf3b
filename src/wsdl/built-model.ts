import { readFileSync } from 'node:fs';
import { builtFile } from '../package/package-root.ts';
import type { WsdlModel } from '../soap/wsdl-model.ts';
import { modelFromJson } from './model-json.ts';

/** The WSDL's model, as the build wrote it down. Stands in for `model.ts` in `dist` and nowhere else. */
export function wsdlModel(): WsdlModel {
  return modelFromJson(readFileSync(builtFile('wsdl-model.json'), 'utf8'));
}
