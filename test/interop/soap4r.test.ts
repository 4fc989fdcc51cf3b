import { programPath } from './run-program.ts';
import { tellsTheStory } from './story.ts';

tellsTheStory({
  name: 'soap4r (ruby-soap4r)',
  note: 'With the classes of its generator. File contents come encoded once more than sent, because gSOAP-style answers carry no type on them: decode twice, and do not save what was downloaded.',
  prepare: (origin) => ['/usr/bin/ruby', programPath('story_soap4r.rb'), origin],
});
