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
  name: 'gSOAP (gsoap) of 2013',
  note: 'With stubs of the WSDL of 2013, against a twin with `sdk: "2013"`. They cannot save a time span: a twin of a later generation sends one, and they send it back as a field without a class.',
  generation: '2013',
  besides,
  prepare: async (origin) => [
    await generatedClient('story_gsoap', '2013'),
    origin,
    'tree',
    ...wantedAsArguments(),
  ],
});

tellsTheStory({
  name: 'gSOAP (gsoap), graphs',
  note: 'The same program; a value that stands in two places is written once and referred to by href.',
  besides,
  prepare: async (origin) => [await program(), origin, 'graph', ...wantedAsArguments()],
});
