import { programPath } from './run-program.ts';
import { tellsTheStory } from './story.ts';

tellsTheStory({
  name: 'SoapClient (php-soap)',
  note: 'Needs a class map with one class for each kind of custom field.',
  prepare: (origin) => ['/usr/bin/php', programPath('story_php.php'), origin],
});

tellsTheStory({
  name: 'SoapClient (php-soap) of 2013',
  note: 'The same program, with the WSDL of a twin of 2013.',
  generation: '2013',
  prepare: (origin) => ['/usr/bin/php', programPath('story_php.php'), origin],
});

for (const isSecure of [false, true]) {
  tellsTheStory({
    name: `PHP on a raw socket, ${isSecure ? 'over TLS' : 'plain'}`,
    note: 'SoapClient writes the envelopes; the head is written by hand with bare line feeds, only the empty line with CR LF, and read to the end of the stream.',
    ...(isSecure ? { isSecure } : {}),
    prepare: (origin, certificate) => [
      ...(['/usr/bin/php', '-d', `openssl.cafile=${isSecure ? certificate : ''}`] as const),
      ...[programPath('story_php.php'), origin, 'raw socket'],
    ],
  });
}
