import { programPath } from './run-program.ts';
import { tellsTheStory } from './story.ts';

tellsTheStory({
  name: 'zeep (python3-zeep)',
  note: 'Needs a local copy of the SOAP encoding schema (programs/soap-encoding.xsd), which it would fetch from the network.',
  prepare: (origin) => ['/usr/bin/python3', '-B', programPath('story_zeep.py'), origin],
});
