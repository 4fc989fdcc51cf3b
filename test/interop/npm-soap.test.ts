import { programPath } from './run-program.ts';
import { tellsTheStory } from './story.ts';

for (const isSecure of [false, true]) {
  tellsTheStory({
    name: isSecure ? 'soap (npm), over TLS' : 'soap (npm)',
    ...(isSecure ? { isSecure } : {}),
    note: 'Cuts blanks off the ends of texts. Dates must stay texts (customDeserializer): it writes a Date in a custom field as an empty element.',
    trimsText: true,
    prepare: (origin) => [process.execPath, programPath('story_npm_soap.mjs'), origin],
  });
}
