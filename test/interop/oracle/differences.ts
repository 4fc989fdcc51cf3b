/**
 * Where our SOAP layer and the server that gSOAP generated differ, each with its reason. A difference that is not
 * here fails the suite, and so does one that is here and is none any more. The page
 * `docs/decisions/0007-where-we-differ-from-gsoap.md` explains the same titles.
 */
export interface Difference {
  /** As on the page. */
  readonly title: string;
  /** The questions that show it: their whole names, or an expression for many. */
  readonly questions: readonly string[] | RegExp;
}

export const differences: readonly Difference[] = [
  {
    title: 'A part or number that is nil',
    questions:
      /^(?!getProjectList|DatabaseLogon|ProjectLogon).*, nil parts$|^members: nil number that is required$/,
  },
  {
    title: 'A day is checked, and a moment in its place is cut to the day',
    questions: /^date: (?:with |a leap day|month 13|hour 25|a word|empty)/,
  },
  {
    title: 'Moments that no calendar has',
    questions: ['dateTime: a leap day in a common year', 'dateTime: month 13', 'dateTime: hour 25'],
  },
  {
    title: 'File contents that are empty or no base64',
    questions: ['base64Binary: with a wrong character', 'base64Binary: empty'],
  },
  {
    title: 'Characters beyond the basic plane as references',
    questions: ['text: references beyond ASCII', 'text: surrogates as two references'],
  },
  {
    title: 'Text that is no XML',
    questions: [
      'text: a bare ampersand',
      'text: an unknown entity',
      'text: a closing bracket',
      'envelope: tags that do not match',
      'envelope: tags that overlap',
      'envelope: an attribute without quotes',
      'envelope: an attribute twice',
      'envelope: something after the Envelope',
      'transport: bytes that are no UTF-8',
    ],
  },
  {
    title: 'The size of a list',
    questions: ['list: size too small', 'list: size too large', 'list: no size'],
  },
  {
    title: 'A type whose prefix is wrong',
    questions: [
      'list: two colons in the type',
      'list: undeclared prefix in the type',
      'list: no prefix in the type',
    ],
  },
  {
    title: 'Empty places in a list',
    questions: ['list: a nil item', 'list: an empty item', 'reference: an item in place, as PHP'],
  },
  {
    title: 'Names with or without a namespace',
    questions: [
      'members: with a prefix',
      'envelope: parts with a prefix',
      'envelope: no namespace on the call',
    ],
  },
  { title: 'The type that a scalar says it has', questions: ['members: a number as string'] },
  { title: 'Text that comes as base64', questions: ['members: a text as base64Binary'] },
  { title: 'Text between members', questions: ['members: text between members'] },
  {
    title: 'A Header in the answer',
    questions: ['envelope: an empty Header', 'envelope: a Header nobody knows'],
  },
  {
    title: 'No answer at all',
    questions: [
      'envelope: no Envelope',
      'envelope: an Envelope of another namespace',
      'envelope: an Envelope without a namespace',
      'envelope: only blanks',
      'envelope: no XML',
      'envelope: an Envelope that is not closed',
      'envelope: cut in a tag',
      'envelope: cut in the call',
    ],
  },
  { title: 'SOAP 1.2', questions: ['envelope: SOAP 1.2'] },
  { title: 'A document type declaration', questions: ['envelope: a DOCTYPE'] },
  {
    title: 'UTF-16 and gzip',
    questions: ['transport: UTF-16 with its mark', 'transport: gzip'],
  },
];

/** The difference that a question is known to show. */
export function knownDifference(question: string): Difference | undefined {
  return differences.find(({ questions }) =>
    questions instanceof RegExp ? questions.test(question) : questions.includes(question),
  );
}

/** No question can show these: the functions behind gSOAP answer with what came in. */
export const unaskedDifferences: readonly string[] = [
  'A list without items in an answer',
  'A moment that nobody set',
];
