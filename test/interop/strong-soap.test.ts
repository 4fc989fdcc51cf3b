import { programPath } from './run-program.ts';
import { tellsTheStory } from './story.ts';

tellsTheStory({
  name: 'strong-soap (npm)',
  note: 'Gives every value as a text without the blanks at its ends.',
  trimsText: true,
  prepare: (origin) => [process.execPath, programPath('story_strong_soap.mjs'), origin],
});
