import { z } from 'zod';
import type { PathStep } from '../../input/path.ts';
import type { LicencePool } from '../../testtrack/model/server-records.ts';
import { licenceKinds, nobody } from '../../testtrack/model/user-record.ts';
import { serverOf } from '../../testtrack/project-view.ts';
import { addGlobal } from '../../testtrack/rules/global-users.ts';
import { requireAssignable, usualLicences } from '../../testtrack/rules/licences.ts';
import type { Draft } from '../../world/draft.ts';
import { contactShape, identityShape, nameSchema } from './parts.ts';
import { defined, placed, requireNew } from './project-seed.ts';

/** What a licence is for, as the product calls it. */
const purposes = {
  'TestTrack Pro': 'pro',
  'TestTrack TCM': 'tcm',
  'TestTrack RM': 'rm',
  'TestTrack RM Reviewer': 'rmReviewer',
  'TestTrack Suite': 'suite',
} as const;

/** Licences of one name in a scenario. */
export const licencePoolSchema = z.strictObject({
  name: nameSchema,
  for: z.enum(Object.keys(purposes) as (keyof typeof purposes)[]),
  kind: z.enum(['floating', 'named']).optional(),
  total: z.int().nonnegative(),
});

/** The licences of a user, by name. */
export const licencesSchema = z.strictObject(
  Object.fromEntries(licenceKinds.map((kind) => [kind, nameSchema.optional()])) as {
    [K in (typeof licenceKinds)[number]]: z.ZodOptional<typeof nameSchema>;
  },
);

/** A user or customer of the licence server in a scenario. */
export const globalUserSchema = z.strictObject({
  login: nameSchema,
  ...identityShape,
  isActive: z.boolean().optional(),
  isCustomer: z.boolean().optional(),
  ...contactShape,
  licences: licencesSchema.optional(),
});

/** The licences of the server. @throws ScenarioProblem for two of one name */
export function licencePoolsFrom(
  pools: readonly z.output<typeof licencePoolSchema>[],
  at: readonly PathStep[],
): LicencePool[] {
  const seen = new Set<string>();
  return pools.map(({ name: called, for: purpose, kind = 'floating', total }, index) => {
    requireNew(seen, called, { at: [...at, index, 'name'], what: `licence "${called}"` });
    return { name: called, kind: purposes[purpose], isFloating: kind === 'floating', total };
  });
}

/** The users and customers of the licence server. */
export function seedGlobalUsers(
  draft: Draft,
  sections: readonly z.output<typeof globalUserSchema>[],
  at: readonly PathStep[],
): void {
  const server = serverOf(draft);
  for (const [index, section] of sections.entries()) {
    const { licences, isActive = true, isCustomer = false, ...own } = defined(section);
    const person = {
      ...nobody,
      ...own,
      licences:
        licences === undefined && !isCustomer
          ? usualLicences(server)
          : { ...nobody.licences, ...defined(licences ?? {}) },
    };
    placed(
      () => [...at, index],
      () => {
        requireAssignable(draft, server, { before: undefined, after: person.licences });
        addGlobal(draft, { ...person, isActive, isCustomer });
      },
    );
  }
}
