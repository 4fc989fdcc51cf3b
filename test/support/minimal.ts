import path from 'node:path';
import { packageRoot } from '../../src/package/package-root.ts';

/** The smallest scenario of the package. */
export const minimalScenario = path.join(packageRoot, 'scenarios', 'minimal.yaml');
