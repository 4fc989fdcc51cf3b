import { programPath } from './run-program.ts';
import { tellsTheStory } from './story.ts';

tellsTheStory({
  name: 'Savon’s halves (ruby-gyoku, ruby-nori)',
  note: 'Savon itself is no package of Debian 12: what writes its requests and what reads its answers is, and net/http posts. Write carriage returns as `&#13;`, and keep `@xsi:type` of the items that are sent back.',
  prepare: (origin) => ['/usr/bin/ruby', programPath('story_savon_parts.rb'), origin],
});
