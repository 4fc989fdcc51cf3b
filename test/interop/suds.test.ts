import { sudsTypes } from './readme.ts';
import { programPath } from './run-program.ts';
import { tellsTheStory } from './story.ts';

tellsTheStory({
  name: 'suds (python3-suds)',
  note: "Stock suds forgets the classes of custom fields and of events' fields when it saves; the lines below put them back, or the fields are left out.",
  besides: [
    {
      topic: 'Edit, save',
      sentence: 'saves without any help when the custom fields are left out',
      step: 'save without custom fields',
      expected: { result: 0 },
    },
  ],
  prepare: (origin) => ['/usr/bin/python3', '-B', programPath('story_suds.py'), origin, sudsTypes],
});
