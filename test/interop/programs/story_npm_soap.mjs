/**
 * The story of the interop suite, told with the package `soap`. Dates stay texts: the package writes a Date inside
 * an item with xsi:type as an empty element.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import soap from 'soap';
import { tellStory } from './story_node.mjs';

const require = createRequire(import.meta.url);
const [, , origin] = process.argv;
const asText = (text) => text;

const client = await soap.createClientAsync(`${origin}/ttsoapcgi.wsdl`, {
  customDeserializer: { date: asText, dateTime: asText },
});

await tellStory(origin, {
  version: JSON.parse(readFileSync(require.resolve('soap/package.json'), 'utf8')).version,
  call: async (operation, parts) => (await client[`${operation}Async`](parts))[0],
  typeOf: (item) => item.attributes?.['xsi:type']?.replace('ttns:', ''),
  faultOf: (error) => error.root.Envelope.Body.Fault,
});
