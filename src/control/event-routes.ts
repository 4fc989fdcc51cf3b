import { z } from 'zod';
import { countParameter } from '../journal/query.ts';
import { ControlError, type ControlRoute, liveRoute } from './route.ts';

/** What happens in a world, told as it happens. */
export const eventRoutes: readonly ControlRoute[] = [
  liveRoute({
    method: 'GET',
    path: '/__admin/events',
    id: 'readEvents',
    purpose: 'Tells what happens, as server-sent events, for as long as the reader stays',
    about: [
      '`hello` comes first: the world, its clock, the names of all worlds, after which entry of the journal it begins, and which is the last one (`recorded`). `call` is an entry of the journal, masked as there, with its number as the event’s id; one that is very large comes without arguments and answer, with `isShortened`. `state` names tables that changed, `clock` tells that somebody moved the clock, `worlds` which worlds there are now. `gone`: the world was dropped; nothing more comes.',
      'Who reads too slowly, or asks for what the journal has forgotten, is told with `dropped` how many calls were left out; nothing else waits for a reader. With the header `Last-Event-ID`, or `after`, it goes on behind that call; with `latest` alone it begins with so many entries of those that are kept.',
    ].join('\n\n'),
    query: z.strictObject({
      after: countParameter
        .optional()
        .describe('The id of the last entry of the journal that is known; what comes from now on without it'),
      latest: countParameter
        .optional()
        .describe('So many of the latest entries are told first, where no entry is known'),
    }),
    example: { query: { after: '0' } },
    gives: 'The events; the answer has no end.',
    refusals: { 409: { when: 'There are as many readers as there can be.' } },
    run: ({ feed, world, query }) => {
      if (!feed.hasPlace) {
        throw new ControlError(409, 'There are as many readers of events as there can be. Close some pages.');
      }
      return (sink, lastEventId) => {
        const resumed = /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : undefined;
        return feed.open(world, sink, { after: resumed ?? query.after, latest: query.latest });
      };
    },
  }),
];
