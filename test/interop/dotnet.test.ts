import type { Client } from './client.ts';
import { dotNetProgram } from './dotnet.ts';
import { wantedAsArguments } from './expected.ts';
import { tellsTheStory } from './story.ts';

const besides: Client['besides'] = [
  {
    topic: 'Edit, save',
    sentence: 'sends moments and days that were never set, and they count as not sent',
    step: 'unset moments',
    expected: { event: '2026-03-02T15:00:00Z', values: 0, isCreatedThen: true },
  },
];

const ways = { sync: 'synchronous', async: 'event-based' } as const;

for (const way of ['sync', 'async'] as const) {
  tellsTheStory({
    name: `.NET ASMX (mono), ${ways[way]} calls`,
    note: "With the proxy that Mono's wsdl makes from the newest WSDL.",
    besides,
    prepare: async (origin) =>
      (await dotNetProgram('StoryDotNet', 'newest'))(way, origin, ...wantedAsArguments()),
  });

  tellsTheStory({
    name: `.NET ASMX (mono) of 2013, ${ways[way]} calls`,
    note: 'With the proxy of the WSDL of 2013, against a twin with `sdk: "2013"`: it has no time spans, and fails on an answer that holds one.',
    generation: '2013',
    besides,
    prepare: async (origin) =>
      (await dotNetProgram('StoryDotNet', '2013'))(way, origin, ...wantedAsArguments()),
  });
}
