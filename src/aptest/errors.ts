import { didYouMean } from '../input/did-you-mean.ts';
import { asciiLine } from '../text/ascii-html.ts';
import { type MessagePart, message, secret } from '../text/message.ts';
import { hidden, isSecretName } from '../text/secrets.ts';
import { type Message, ProductFault } from '../world/product-fault.ts';

/**
 * Every refusal of rpc.mpl. The product documents only that code 1 comes with a message that explains it, so all
 * texts are inferred: one ASCII line that names the argument and the value.
 */
const refusalCode = 1;

function refusal(text: string | Message, hint: string): ProductFault {
  return new ProductFault(refusalCode, text, hint);
}

/** A value from outside, safe to show in a line: ASCII, and not longer than is useful to read. */
function shown(value: string): string {
  const line = asciiLine(value.length > 80 ? `${value.slice(0, 77)}...` : value);
  return line === '' ? '(empty)' : line;
}

const named = (argument: string): string => `(argument ${shown(argument)})`;

/** An argument as it was sent: the spelling the client used, and the value. */
export interface Sent {
  readonly argument: string;
  readonly value: string;
  readonly isSecret?: boolean;
}

/** The value of an argument for a message; one that is secret is marked. */
function sentValue({ value, isSecret }: Sent): MessagePart {
  return isSecret ? secret(shown(value)) : shown(value);
}

/** An argument with its value as a hint shows it: `sess=5`; never what its name says is secret. */
export const shownSent = ({ argument, value }: Sent): string =>
  `${shown(argument)}=${isSecretName(argument) ? hidden : shown(value)}`;

/** What is probably meant; the name after a prefix such as `VAR_` is suggested with it. */
function meant({ argument, value }: Sent, known: Iterable<string>): string {
  const isPrefixed = value !== '' && argument !== value && argument.endsWith(`_${value}`);
  const prefix = isPrefixed ? argument.slice(0, -value.length) : '';
  const word = didYouMean(value, known);
  return word === undefined ? '' : ` Did you mean "${prefix}${word}"?`;
}

const unknown =
  (what: string, remedy: string) =>
  (sent: Sent, known: Iterable<string> = []): ProductFault =>
    refusal(
      `No such ${what}: ${shown(sent.value)} ${named(sent.argument)}`,
      `${remedy}${meant(sent, known)}`,
    );

export const errors = {
  // Who calls, in the order of checking.
  tokenNotConfigured: () =>
    refusal(
      'The RPC interface is not usable: no token is configured (argument rpctoken)',
      'Set aptest.token in the scenario. The real product refuses everything until a token is configured.',
    ),
  tokenMissing: () =>
    refusal('Missing argument: rpctoken', 'Send rpctoken with the value of aptest.token of the scenario.'),
  tokenWrong: () =>
    refusal('Wrong token (argument rpctoken)', 'Send the value of aptest.token of the scenario.'),
  noUser: unknown('user', 'Users are declared under aptest.users of the scenario.'),
  userDisabled: (sent: Sent) =>
    refusal(
      message`User is disabled: ${sentValue(sent)} ${named(sent.argument)}`,
      'The scenario has "disabled: true" for this user.',
    ),
  noSuite: unknown(
    'suite',
    'Suites are declared under aptest.suites of the scenario. Names are case-sensitive.',
  ),
  noRunAccess: (user: string, suite: string) =>
    refusal(
      `User ${shown(user)} lacks run access to suite ${shown(suite)} (arguments username, suite)`,
      'Give the user the feature "execute" or "manage" for the suite under aptest.users[].access.',
    ),
  noCommand: unknown('command', 'The commands are those of the rpc.mpl manual.'),

  // How arguments are written.
  missing: (argument: string, about: string) =>
    refusal(`Missing argument: ${argument}`, `${argument}: ${about}.`),
  cameAsFile: (argument: string) =>
    refusal(
      `Missing argument: ${argument} (it came as a file part)`,
      `Send ${argument} as a plain field, without a filename; with curl: -F ${argument}=value.`,
    ),
  notKept: (sent: Sent, reason: string) =>
    refusal(
      message`Not kept as it was sent: ${sentValue({ ...sent, isSecret: isSecretName(sent.argument) })} ${named(sent.argument)}`,
      `${reason} The setting strictFields refuses what would only be told of otherwise.`,
    ),
  missingOneOf: (names: readonly string[]) =>
    refusal(`Missing argument: one of ${names.join(', ')}`, `Send exactly one of ${names.join(', ')}.`),
  doubled: (sent: Sent, other: string) =>
    refusal(
      message`Argument given more than once: ${shown(sent.argument)} (values ${sentValue(sent)}, ${sentValue({ ...sent, value: other })})`,
      'This argument takes one value. Spellings such as sess, sessnum and sessNum are the same argument.',
    ),
  malformed: (sent: Sent, expected: string) =>
    refusal(
      message`Not ${expected}: ${sentValue(sent)} ${named(sent.argument)}`,
      `Send ${expected} as ${sent.argument}.`,
    ),
  tooManyForMethod: (signature: string, count: number) =>
    refusal(`Too many arguments: ${count} for ${shown(signature)}`, `The method is ${signature}.`),
  noMethod: unknown(
    'method',
    'The methods are those of the TestSession manual; docs/testsession.md lists them.',
  ),
  notOpen: unknown(
    'open session',
    'Sessions are opened with the method "new". One that nobody used for long is forgotten, like all of a world that ended.',
  ),
  brokenJson: (sent: Sent, problem: string) =>
    refusal(
      `Not valid JSON: ${shown(problem)} ${named(sent.argument)}`,
      'The form is {"label":[{"tid":"0","result":"pass"}]}.',
    ),
  tooManyArguments: (limit: number) =>
    refusal(
      `More than ${limit} arguments (a fixed limit, no setting)`,
      'The limit guards the server; send fewer arguments.',
    ),

  // What is not there.
  noSession: unknown('session', 'getSessionList shows the sessions of the suite.'),
  noSet: unknown('set', 'getSetList shows the sets of the suite, with their groups.'),
  noGroup: unknown('set group', 'Groups are made with createGroup or declared in the scenario.'),
  noRequirement: unknown(
    'requirement',
    'Requirements are declared in the suite of the scenario; where they are in auto-outline mode, an outline number names one too.',
  ),
  noTest: unknown('test case', 'getTestsSuiteByname shows the test cases of the suite.'),
  noTestInSession: unknown('test in the session', 'getTestList shows the tests of the session.'),
  noResultCode: unknown(
    'result code',
    'The codes are those under "results" of the suite; aptest.settings.lenientResultCodes accepts any.',
  ),
  noField: unknown('field', 'Fields are declared in the suite of the scenario.'),
  noVariable: unknown('session variable', 'Variables are declared in the suite of the scenario.'),
  derivedVariable: (sent: Sent) =>
    refusal(
      message`Not a session variable that can be set: ${sentValue(sent)} ${named(sent.argument)}`,
      'It is computed from others (type "derived" in the suite of the scenario).',
    ),
  noAttachment: unknown('attachment', 'The link in the note carries the right address.'),

  // What is in the way.
  exists: (what: string, sent: Sent) =>
    refusal(
      message`${what} exists already: ${sentValue(sent)} ${named(sent.argument)}`,
      'Take another name, or delete the old one first.',
    ),
  locked: (what: string, sent: Sent) =>
    refusal(
      message`${what} is locked: ${sentValue(sent)} ${named(sent.argument)}`,
      'Unlock it first; writes to locked sessions and sets are refused.',
    ),
  superLocked: (what: string, sent: Sent) =>
    refusal(
      message`${what} is super-locked: ${sentValue(sent)} ${named(sent.argument)}`,
      'Lock level 2 is reserved by the product and cannot be taken away by rpc.mpl.',
    ),
  setHasSessions: (sent: Sent, count: number) =>
    refusal(
      message`Set still has ${count} sessions: ${sentValue(sent)} ${named(sent.argument)}`,
      'Delete the sessions of the set first.',
    ),
  readOnly: (session: string) =>
    refusal(
      `Session ${shown(session)} was opened for reading`,
      'Pass true as the third argument of new TestSession to open it for writing.',
    ),

  // Uploads.
  notMultipart: (problem: string) =>
    refusal(
      `attachFile needs a POST with multipart/form-data: ${shown(problem)} (argument fileName)`,
      'With curl: -F command=attachFile -F fileName=log.txt -F file=@log.txt',
    ),
  noFilePart: (fileName: string) =>
    refusal(
      `No file part for the attachment: ${shown(fileName)} (argument fileName)`,
      'Send the bytes in a part of their own that has a filename; its field name does not matter.',
    ),
  badUpload: (problem: string) =>
    refusal(
      `The upload cannot be read: ${shown(problem)}`,
      'Check the multipart form and the size of the file.',
    ),

  noRoom: (hint: string) => refusal('The server has no room for more data', hint),

  workEnded: (suite: string) =>
    refusal(
      `The work in suite ${shown(suite)} has ended`,
      'A session can be written to inside the work given to inSuite; open it again in another one.',
    ),

  internal: () => refusal('Internal error', 'This is a mistake in Twintrack; the log has the details.'),
};
