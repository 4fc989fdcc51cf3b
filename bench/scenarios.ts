import { writeFileSync } from 'node:fs';

const priorities = ['Immediate', 'High', 'Medium', 'Low'];
const products = ['WysiWrite', 'WysiCalc', 'Wysi CRM'];

/** Writes a scenario with so many defects, each with a description, an event and custom fields. */
export function writeScenario(file: string, defects: number, sessions: readonly number[] = []): void {
  const tests = Math.max(0, ...sessions);
  writeFileSync(
    file,
    JSON.stringify({
      twintrack: 1,
      testtrack: {
        server: { inactivityMinutes: 600 },
        projects: [
          {
            name: 'Project',
            users: [{ login: 'username', password: 'password', first: 'Una', last: 'Ser' }],
            customFields: {
              Defect: [
                { name: 'Client', type: 'dropdown', values: ['Desktop', 'Web'] },
                { name: 'Cost', type: 'integer' },
              ],
            },
            defects: Array.from({ length: defects }, (_, at) => ({
              summary: `Defect of the benchmark, number ${at + 1}`,
              type: 'Incorrect functionality',
              priority: priorities[at % 4],
              product: products[at % 3],
              enteredBy: 'username',
              description: 'What was seen, in a sentence or two, so that the record has a usual size.',
              events: [{ name: 'Assign', assignTo: 'username' }],
              customFields: { Client: at % 2 ? 'Desktop' : 'Web', Cost: at % 100 },
            })),
          },
        ],
      },
      aptest: {
        token: 'token',
        users: [{ name: 'lake', access: { '*': ['execute', 'browse', 'edit', 'manage'] } }],
        suites: [
          {
            name: 'Example',
            tests: Array.from({ length: tests }, (_, at) => ({
              id: `Folder_${at % 100}.dir/Test_${at}.bts`,
            })),
            sets: [{ path: 'all' }],
            sessions: sessions.map((count, at) => ({
              number: at + 1,
              set: 'all',
              ...(count === tests
                ? {}
                : {
                    tests: Array.from(
                      { length: count },
                      (_, each) => `Folder_${each % 100}.dir/Test_${each}.bts`,
                    ),
                  }),
            })),
          },
        ],
      },
    }),
  );
}
