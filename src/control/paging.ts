import { z } from 'zod';
import { countParameter } from '../journal/query.ts';

/** More than a page of a screen shows, and little enough to be written down at once. */
const mostOfPage = 1000;
const usualPage = 100;

/** What stands after the `?` of a route that gives a part of a long list. */
export const pageParameters = {
  offset: countParameter.optional().describe('How many to pass over; 0 by default'),
  limit: countParameter
    .refine((limit) => limit <= mostOfPage, { message: `at most ${mostOfPage} at once` })
    .optional()
    .describe(`At most so many; ${usualPage} by default, ${mostOfPage} at most`),
};

/** Which part of a list a query asks for. */
export function pageOf({
  offset = 0,
  limit = usualPage,
}: {
  offset?: number | undefined;
  limit?: number | undefined;
}): {
  offset: number;
  limit: number;
} {
  return { offset, limit };
}

/** How many there are on all pages. */
export const totalSchema = z.int().describe('How many there are on all pages');
