import { readFileSync } from 'node:fs';
import { builtFile } from '../package/package-root.ts';
import type { WsdlModel } from '../soap/wsdl-model.ts';
import type { Generation } from './generations.ts';
import { modelFromJson } from './model-json.ts';

/** The model of a generation's WSDL, as the build wrote it down. Stands in for `model.ts` in `dist` and nowhere else. */
export function wsdlModel(generation: Generation): WsdlModel {
  return modelFromJson(readFileSync(builtFile(`wsdl-model-${generation}.json`), 'utf8'));
}
