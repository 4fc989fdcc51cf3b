import type { Client } from './client.ts';
import { wanted, wantedAsArguments } from './expected.ts';
import { generatedClient } from './gsoap.ts';
import { tellsTheStory } from './story.ts';

const program = () => generatedClient('story_gsoap');

const besides: Client['besides'] = [
  {
    topic: 'Edit, save',
    sentence: 'sends one text and one file to two places of a defect each',
    step: 'shared values',
    expected: { reference: wanted.summary, eventFiles: [wanted.file] },
  },
];

tellsTheStory({
  name: 'gSOAP (gsoap), trees',
  note: 'With the stubs of wsdl2h and soapcpp2; SOAP_C_UTFSTRING for text beyond Latin-1.',
  besides,
  prepare: async (origin) => [await program(), origin, 'tree', ...wantedAsArguments()],
});

tellsTheStory({
  name: 'gSOAP (gsoap), graphs',
  note: 'The same program; a value that stands in two places is written once and referred to by href.',
  besides,
  prepare: async (origin) => [await program(), origin, 'graph', ...wantedAsArguments()],
});
