import { programPath } from './run-program.ts';
import { tellsTheStory } from './story.ts';

tellsTheStory({
  name: 'SoapClient (php-soap)',
  note: 'Needs a class map with one class for each kind of custom field.',
  prepare: (origin) => ['/usr/bin/php', programPath('story_php.php'), origin],
});
