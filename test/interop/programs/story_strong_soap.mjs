/** The story of the interop suite, told with strong-soap, which gives every value as a trimmed text. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tellStory } from './story_node.mjs';

const require = createRequire(import.meta.url);
const { soap } = require('strong-soap');
const [, , origin] = process.argv;

const client = await new Promise((resolve, reject) => {
  soap.createClient(`${origin}/ttsoapcgi.wsdl`, {}, (error, made) => (error ? reject(error) : resolve(made)));
});

await tellStory(origin, {
  version: JSON.parse(readFileSync(require.resolve('strong-soap/package.json'), 'utf8')).version,
  call: async (operation, parts) => (await client[operation](parts)).result,
  typeOf: (item) => item.$attributes?.$xsiType?.type,
  faultOf: (error) => error.root.Envelope.Body.Fault,
});
