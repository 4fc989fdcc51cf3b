import { customerFamily, userFamily } from '../families/user.ts';
import { recordLifecycle } from '../family/lifecycle.ts';
import { wireOf } from '../family/records.ts';
import { viewFor } from '../view.ts';
import { documented, type Operations, operation } from './operation.ts';

/** Users and customers. */
export const userOperations = {
  ...recordLifecycle('User', userFamily),
  ...recordLifecycle('Customer', customerFamily),

  getUserForCurrentSession: operation({
    evidence: documented('gives the user of the session, with everything but the password'),
    run: (context) => {
      // Nothing of oneself is hidden. [inferred]
      const { viewer: _everything, ...view } = viewFor(context, false);
      return wireOf(userFamily, context.user, view);
    },
  }),
} satisfies Partial<Operations>;
