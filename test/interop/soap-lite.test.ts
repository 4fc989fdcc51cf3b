import { programPath } from './run-program.ts';
import { tellsTheStory } from './story.ts';

tellsTheStory({
  name: 'SOAP::Lite (libsoap-lite-perl)',
  note: 'Works without the WSDL; sends text beyond ASCII as base64.',
  prepare: (origin) => ['/usr/bin/perl', programPath('story_soap_lite.pl'), origin],
});
