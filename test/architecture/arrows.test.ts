import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { beforeAll, expect, test } from 'vitest';

/** The arrows of the design: which room may know which. The names are what a broken one is reported as. */
const forbidden: (IForbiddenRuleType & { name: string })[] = [
  {
    name: 'TestTrack does not know ApTest',
    from: { path: '^src/testtrack/' },
    to: { path: '^src/aptest/' },
  },
  {
    name: 'ApTest does not know TestTrack',
    from: { path: '^src/aptest/' },
    to: { path: '^src/testtrack/' },
  },
  {
    name: 'the world knows nothing but itself, memories, codes of errors, immutable and node:crypto',
    from: { path: '^src/world/', pathNot: '^src/world/store/' },
    to: {
      pathNot: [
        '^src/world/(?!store/)',
        '^src/(memo|errors)/',
        'node_modules/immutable/',
        '^(node:)?crypto$',
      ],
    },
  },
  {
    name: 'the store knows the world, memories, codes of errors, the disk and lowdb',
    from: { path: '^src/world/store/' },
    to: {
      pathNot: [
        '^src/(world|memo|errors)/',
        'node_modules/lowdb/',
        '^(node:)?(crypto|fs|fs/promises|os|path|zlib)$',
      ],
    },
  },
  {
    name: 'the store is loaded by a twin with a data folder only',
    from: { path: '^src/', pathNot: '^src/(worlds/data-folder\\.ts|world/store/)' },
    to: {
      path: '^src/world/store/(open-store|store|disk)\\.ts$|^src/worlds/data-folder\\.ts$|node_modules/lowdb/',
      dynamic: false,
      dependencyTypesNot: ['type-only', 'type-import'],
    },
  },
  {
    name: 'memories and codes of errors know nothing',
    from: { path: '^src/(memo|errors)/' },
    to: { pathNot: '^src/(memo|errors)/' },
  },
  {
    name: 'the runner knows the world only',
    from: { path: '^src/runner/' },
    to: { pathNot: ['^src/(runner|world)/'] },
  },
  {
    name: 'rules and models know no bytes: no HTTP, no XML, no Express, no files',
    from: { path: '^src/(testtrack|aptest)/(rules|model)/' },
    to: {
      path: [
        '^src/(http|pages|soap|control|cli|log|scenario|wsdl)/',
        'node_modules/(express|multer|saxes|yaml|pino|commander|lowdb|strong-soap)/',
        '^(node:)?(http|https|net|fs|zlib|child_process|worker_threads)(/|$)',
      ],
    },
  },
  {
    name: 'the products know neither the edge nor the scenario files',
    from: { path: '^src/(testtrack|aptest)/' },
    to: {
      path: ['^src/(http|pages|soap|control|cli|scenario|wsdl)/', '^src/(twin|index)\\.ts$', '^src/worlds/'],
    },
  },
  {
    name: 'SOAP knows no product, no state and no HTTP',
    from: { path: '^src/soap/' },
    to: { path: '^src/(testtrack|aptest|world|runner|http|pages|control|cli|scenario|wsdl)/' },
  },
  {
    name: 'nobody below knows the command line or the composition',
    from: { path: '^src/', pathNot: ['^src/(cli|vitest)/', '^src/(index|twin)\\.ts$'] },
    to: { path: ['^src/cli/', '^src/(index|twin)\\.ts$'] },
  },
  {
    name: 'the fixtures for vitest know the library and vitest only',
    from: { path: '^src/vitest/' },
    to: { pathNot: ['^src/vitest/', '^src/index\\.ts$', 'node_modules/vitest/'] },
  },
  {
    name: 'nobody knows the fixtures for vitest',
    from: { path: '^src/', pathNot: '^src/vitest/' },
    to: { path: ['^src/vitest/', 'node_modules/vitest/'] },
  },
  {
    name: 'Express is loaded with the pages only',
    from: { path: '^src/', pathNot: ['^src/pages/(app|console-page)\\.ts$', '^src/control/router\\.ts$'] },
    to: { path: ['node_modules/express/'] },
  },
  {
    name: 'the pages are loaded when they are asked for',
    from: { path: '^src/' },
    to: {
      path: '^src/(pages/app|control/router)\\.ts$',
      dynamic: false,
      pathNot: '^src/control/router\\.ts$',
    },
  },
  {
    name: 'what runs in the browser knows of the twin its types only',
    from: { path: '^src/pages/console/' },
    to: { path: '^src/(?!pages/console/)', dependencyTypesNot: ['type-only', 'type-import'] },
  },
  {
    name: 'nobody knows what runs in the browser',
    from: { path: '^src/', pathNot: '^src/pages/console/' },
    to: { path: '^src/pages/console/' },
  },
  {
    name: 'what writes zip files is loaded when a document is asked for',
    from: { path: '^src/' },
    to: { path: 'node_modules/jszip/', dynamic: false, dependencyTypesNot: ['type-only', 'type-import'] },
  },
  {
    name: 'what makes certificates is loaded by a twin that needs one',
    from: { path: '^src/' },
    to: {
      path: 'node_modules/selfsigned/',
      dynamic: false,
      dependencyTypesNot: ['type-only', 'type-import'],
    },
  },
  {
    name: 'YAML is read by the scenario room only',
    from: { path: '^src/', pathNot: ['^src/scenario/'] },
    to: { path: 'node_modules/yaml/' },
  },
  {
    name: 'what a user installs needs no development package but those that the build puts into the bundles',
    // What drives vitest is for those who have it.
    // The console is put together from its sources only where there is no build.
    from: { path: '^src/', pathNot: ['^src/vitest/', '^src/pages/bundle\\.ts$'] },
    to: {
      dependencyTypes: ['npm-dev', 'npm-no-pkg'],
      pathNot:
        '^node_modules/(zod|yaml|immutable|saxes|commander|lowdb|chokidar|jszip|prom-client|selfsigned|preact|@faker-js/faker|@opentelemetry/api)/',
    },
  },
  { name: 'nothing goes round in circles', from: { path: '^src/' }, to: { circular: true } },
  { name: 'every import leads somewhere', from: { path: '^src/' }, to: { couldNotResolve: true } },
];

let found: ICruiseResult;
beforeAll(async () => {
  const baseDir = path.resolve(fileURLToPath(import.meta.url), '../../..');
  const { output } = await cruise(['src'], {
    baseDir,
    validate: true,
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    ruleSet: { forbidden: forbidden.map((rule) => ({ severity: 'error', ...rule })) },
  });
  found = output as ICruiseResult;
}, 60_000);

test.each(forbidden.map(({ name }) => name))('%s', (name) => {
  const broken = found.summary.violations.filter(({ rule }) => rule.name === name);
  expect(broken.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test('the look-out sees the arrows that are there', () => {
  const arrows = found.modules.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved }) => `${source} → ${resolved}`),
  );
  expect(arrows).toContain('src/worlds/hosted-world.ts → src/testtrack/service.ts');
  expect(arrows).toContain('src/twin.ts → src/pages/app.ts');
  expect(arrows.some((arrow) => /^src\/world\/collection\.ts → node_modules\/immutable\//.test(arrow))).toBe(
    true,
  );
  expect(
    arrows.some((arrow) => /^src\/pages\/app\.ts → node_modules\/(@types\/)?express\//.test(arrow)),
  ).toBe(true);
});

/** The rooms, and the houses within: none of the folders in one may know another one in a circle. */
const houses = ['src', 'src/testtrack', 'src/aptest', 'src/scenario', 'src/world'];

test.each(houses)('the folders of %s know each other in no circle', (house) => {
  const arrows = found.modules.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved }) => [source, resolved] as const),
  );
  expect(circlesAmong(house, arrows)).toEqual([]);
});

test('a circle of folders is found, also one that leads through a file or a folder below', () => {
  const circles = (...arrows: (readonly [string, string])[]) => circlesAmong('src', arrows);
  expect(circles(['src/a/1.ts', 'src/b/1.ts'], ['src/b/2.ts', 'src/c/x/1.ts'])).toEqual([]);
  expect(circles(['src/a/1.ts', 'src/b/1.ts'], ['src/b/2.ts', 'src/a/x/2.ts'])).toEqual([
    'src/a → src/b → src/a',
  ]);
  expect(
    circles(['src/a/1.ts', 'src/f.ts'], ['src/f.ts', 'src/b/1.ts'], ['src/b/1.ts', 'src/a/2.ts']),
  ).toEqual(['src/a → src/f.ts → src/b → src/a']);
});

/** The circles among what stands in a folder: its folders, each with all that is in it, and its own files. */
function circlesAmong(house: string, arrows: readonly (readonly [string, string])[]): string[] {
  const roomOf = (file: string) =>
    file
      .split('/')
      .slice(0, house.split('/').length + 1)
      .join('/');
  const known = new Map<string, Set<string>>();
  for (const arrow of arrows.filter((ends) => ends.every((end) => end.startsWith(`${house}/`)))) {
    const [from, to] = [roomOf(arrow[0]), roomOf(arrow[1])];
    if (from !== to) known.set(from, (known.get(from) ?? new Set()).add(to));
  }
  const circles = [...known.keys()]
    .map((room) => shortestWayBack(room, known))
    .filter((way) => way.length > 0);
  // A circle is met from each of its rooms: it is told once, from the first by name.
  return circles
    .filter(([first = '', ...others]) => others.every((other) => first <= other))
    .map((way) => way.join(' → '));
}

/** From a room by others back to it; empty when no way leads back. */
function shortestWayBack(room: string, known: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const seen = new Set<string>();
  let ways = [[room]];
  while (ways.length > 0) {
    const next = ways.flatMap((way) => [...(known.get(way.at(-1) ?? '') ?? [])].map((to) => [...way, to]));
    const back = next.find((way) => way.at(-1) === room);
    if (back) return back;
    ways = next.filter((way) => {
      const to = way.at(-1) ?? '';
      const isNew = !seen.has(to);
      seen.add(to);
      return isNew;
    });
  }
  return [];
}
