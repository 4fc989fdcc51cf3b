import { Field } from '../src/aptest/run/field.ts';
import { TestSession } from '../src/aptest/run/test-session.ts';
import { documented, factsOf } from '../src/evidence/evidence.ts';
import { chapters, fieldMethods, type MethodNote } from './testsession-methods.ts';

const inManual = documented('name and behaviour');

/** docs/testsession.md. @throws Error a method of the manual is missing in its class */
export function testSessionPage(): string {
  const count = chapters.reduce((sum, { methods }) => sum + methods.length, 0);
  const sections = chapters.map(({ title, methods }) => `## ${title}\n\n${table(methods, TestSession)}`);
  return `# TestSession

Every method of the manuals "TestSession" and "TestSession::Field": ${count} and ${fieldMethods.length}, all of them done. Made by
\`npm run generate\` from the classes themselves; a method that is missing stops it.

\`\`\`ts
import { startTwin, TestSession } from 'twintrack';

await using twin = await startTwin();
twin.inSuite({ suite: 'Example', user: 'lake' }, (suite) => new TestSession(suite, 57, true).note(0, 'Done', 'pass'));
\`\`\`

A session is a view of one session in a suite that is open in a draft: what it reads is the state at that moment, what
it writes is kept when the work ends well and dropped when it throws. Accessors read without an argument and write
with one, as in Perl. The commands of rpc.mpl work with the same class. Where the product kept files (DBM, flat, tied
data), the twin has one store in memory, and the method says so below.

Programs in other languages call the same methods by their names with \`POST /__admin/aptest/session\`; \`GET /__admin\`
shows what each takes. Perl has them as they are in the manual: \`perl/TestSession.pm\` needs core modules only.

\`\`\`sh
TWINTRACK_URL=http://127.0.0.1:8080 APTEST_SUITE=Example APTEST_USER=lake \\
  perl -Iperl -MTestSession -e 'print TestSession->new("Example", 57)->description, "\\n"'
\`\`\`

The SQL methods collect statements in SQL-92 as SQLite and PostgreSQL both take it, when the scenario sets
\`aptest.settings.sqlMirror\`; otherwise they do nothing, as documented.

${sections.join('\n')}
## TestSession.Field

${table(fieldMethods, Field)}`;
}

function table(methods: readonly MethodNote[], holder: { readonly prototype: object }): string {
  const rows = methods.map((method) => {
    const ours = method.ours ?? method.name;
    if (!(ours in holder.prototype)) throw new Error(`The method ${ours} is missing.`);
    const shown = ours === method.name ? `\`${ours}\`` : `\`${method.name}\` as \`${ours}\``;
    const evidence = factsOf(method.evidence ?? inManual)
      .map(({ kind, about }) => `${kind}: ${about}`)
      .join('; ');
    return `| ${shown} | yes | ${method.shows ?? ''} | ${evidence} | ${method.note ?? ''} |`;
  });
  return `| Method | Done | Shows in | Evidence | In the twin |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
}
