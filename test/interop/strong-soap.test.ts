import { programPath } from './run-program.ts';
import { tellsTheStory } from './story.ts';

for (const isSecure of [false, true]) {
  tellsTheStory({
    name: isSecure ? 'strong-soap (npm), over TLS' : 'strong-soap (npm)',
    ...(isSecure ? { isSecure } : {}),
    note: 'Gives every value as a text without the blanks at its ends.',
    trimsText: true,
    prepare: (origin) => [process.execPath, programPath('story_strong_soap.mjs'), origin],
  });
}
