import { programPath } from './run-program.ts';
import { tellsTheStory } from './story.ts';

tellsTheStory({
  name: 'NuSOAP (libnusoap-php)',
  note: 'Written for PHP 5: on PHP 8 its constructors have to be renamed and each() put back when it is loaded (programs/story_nusoap.php does). It forgets the types of items; the program takes them from responseData, and saves items as soapval.',
  prepare: (origin) => ['/usr/bin/php', '-d', 'memory_limit=1G', programPath('story_nusoap.php'), origin],
});
