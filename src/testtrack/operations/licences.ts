import { administersLicences, documented, type Operations, operation } from '../operation.ts';
import { usedOf } from '../rules/licences.ts';
import { endIdleSessions } from '../rules/sessions.ts';

/** Licences. */
export const licenceOperations = {
  getUserLicenseList: operation({
    needs: [administersLicences],
    evidence: documented(
      'lists the licences with how many are used and how many there are, for those who administer the licence server; 135 for others (inferred); SOAP licences are not listed (inferred)',
    ),
    settle: ({ draft, now }) => endIdleSessions(draft, now),
    run: ({ draft, project: { server } }) =>
      server.licences.map((pool) => ({
        name: pool.name,
        numberUsed: usedOf(draft, pool),
        numberTotal: pool.total,
      })),
  }),
} satisfies Partial<Operations>;
