import { documented, inferred } from '../../evidence/evidence.ts';
import { seededUuid } from '../../world/chance.ts';
import { errors, type Sent } from '../errors.ts';
import type { Attachment } from '../model/test-run.ts';
import { noteFragment } from '../rules/note-fragment.ts';
import { freeText, required, session, testInSession, text } from './argument.ts';
import { type CommandContext, command, line } from './command.ts';
import { mustBeUnlocked } from './locking.ts';
import { sessionFor, testFor } from './lookups.ts';
import { byParallel, inExample } from './name-evidence.ts';
import { noteData } from './test-data.ts';

/** Attaching files. */
export const attachmentCommands = [
  command({
    name: 'attachFile',
    summary: 'Attaches a file to the note of a test in a session.',
    needs: 'run',
    arguments: {
      fileName: required(
        text({
          names: ['fileName'],
          about: 'name of the attachment; its bytes come in a file part',
          evidence: inExample,
        }),
      ),
      session: required(session()),
      test: testInSession(),
      note: freeText({
        names: ['note'],
        about: 'text of the note; the link follows it',
        evidence: byParallel,
      }),
    },
    answer: 'an HTML fragment that describes the note, on one line',
    evidence: [
      documented('POST with multipart/form-data; link at the end of the note'),
      inferred('the first file part counts, whatever its name; the answer is that of result, in JSON too'),
    ],
    run: (caller, { fileName, session: reference, test, note = '' }) => {
      if (!test) throw errors.missingOneOf(['tid', 'id', 'uuid']);
      checkName(fileName);
      if (!caller.isMultipart) throw errors.notMultipart('the call is not multipart');
      const { file } = caller;
      if (!file) throw errors.noFilePart(fileName.value);
      const found = sessionFor(caller.suite, reference, 'write');
      found.linkBase = caller.linkBase;
      const tid = testFor(found, test, caller.remarks);
      mustBeUnlocked(found, reference);
      const attachment = attachmentOf(caller, { name: fileName.value, content: file.content });
      const added = found.addNote(tid, { text: note, attachment });
      const { linkBase } = caller;
      return { ...line(noteFragment(added, linkBase)), notes: [noteData(added, linkBase)] };
    },
  }),
];

/** Longer names and those with a path or control characters are no file names (inferred). */
const longestName = 255;

function checkName(sent: Sent): void {
  const isName = sent.value.length <= longestName && !/[\u0000-\u001f\u007f/\\]/.test(sent.value);
  if (!isName || sent.value === '.' || sent.value === '..') {
    throw errors.malformed(
      sent,
      `a file name without path and control characters, at most ${longestName} long`,
    );
  }
}

/** An attachment under an id that says nothing and cannot be guessed; its name is kept as data only. */
function attachmentOf({ draft, suite }: CommandContext, file: Omit<Attachment, 'id'>): Attachment {
  const number = draft.next(`aptest:${suite.name}/attachments`);
  return { ...file, id: seededUuid(draft.seed, `attachment/${suite.name}/${number}`) };
}
