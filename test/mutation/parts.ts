/** What is mutated together, and the tests that have to notice. */
export interface MutationPart {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

const store = (files: string): MutationPart => ({
  mutate: [`src/world/store/{${files}}.ts`],
  // The two others take a minute, whatever is changed.
  tests: ['test/world/store/!(simulation|disk-faults).test.ts'],
});

/**
 * The parts of the product that are held to mutation testing. Each is tested by the files that are about it, and not by
 * all that happen to run it: so a survivor is a line that its own tests do not hold, and a part takes minutes.
 */
export const parts: Readonly<Record<string, MutationPart>> = {
  locks: {
    mutate: ['src/testtrack/rules/{locks,admin-lock}.ts'],
    tests: [
      'test/testtrack/rules/locks.test.ts',
      'test/wire/edit-locks.test.ts',
      'test/scenario/testtrack/locks.test.ts',
      'test/testtrack/lifecycle/**/*.test.ts',
      'test/testtrack/operations/{areas,named-life-cycles,tables}.test.ts',
      'test/regressions/a-record-that-is-deleted-leaves-no-lock-behind.test.ts',
    ],
  },
  sessions: {
    mutate: ['src/testtrack/rules/{sessions,sessions-after-restart,licences}.ts'],
    tests: [
      'test/testtrack/rules/{sessions,licences}.test.ts',
      'test/testtrack/busy-sessions.test.ts',
      'test/testtrack/operations/licences.test.ts',
      'test/scenario/testtrack/logins.test.ts',
      'test/scenario/state/session-state.test.ts',
      'test/wire/{logon,edit-locks}.test.ts',
    ],
  },
  workflow: {
    mutate: ['src/testtrack/rules/{workflow,event-timeline}.ts'],
    tests: [
      'test/testtrack/rules/{standing,workflow,assignment,event-timeline}.test.ts',
      'test/wire/defects.test.ts',
    ],
  },
  recovery: store('recovery,replay,rebuild,opening,manifest'),
  log: store('wal,wal-lines,group-commit,checksum,names'),
  store: store('store,open-store,tidy,touched'),
  worlds: store('kept-worlds,shared-state,salvage'),
  folder: store('folder-lock,old-state,contents,checkpoint'),
  decoder: {
    mutate: ['src/soap/{decoder,references,simple-types,moment-notations,request-shape}.ts'],
    tests: ['test/soap/**/*.test.ts'],
  },
  encoder: {
    mutate: ['src/soap/{codec,encoder,envelope,envelope-writer,answer-cache}.ts'],
    tests: ['test/soap/**/*.test.ts'],
  },
};
