import { userFamily } from '../families/user.ts';
import { wireOf } from '../family/records.ts';
import { viewFor } from '../view.ts';
import { documented, type Operations, operation } from './operation.ts';

/** Users. */
export const userOperations = {
  getUserForCurrentSession: operation({
    evidence: documented('gives the user of the session'),
    run: (context) => wireOf(userFamily, context.user, viewFor(context, false)),
  }),
} satisfies Partial<Operations>;
