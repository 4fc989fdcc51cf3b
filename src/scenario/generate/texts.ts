import type { Chance } from './chance.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Writes the texts of generated records: of the kind that people write into a tracker. */
export class Texts {
  constructor(
    readonly chance: Chance,
    readonly words: Vocabulary,
  ) {}

  /** Such as `Parsing a wireless matrix fails with an empty message`. */
  problem(): string {
    const { chance, words } = this;
    return `${capital(chance.of(words.doings))} ${withArticle(chance.of(words.adjectives))} ${chance.of(words.nouns)} ${chance.of(failures)}${chance.happens(0.4) ? ` ${chance.of(circumstances)}` : ''}`;
  }

  /** What a tester saw, in two to four sentences. */
  report(): string {
    const { chance, words } = this;
    const file = chance.of(words.files);
    const lines = [
      `${chance.of(words.people)} (${chance.of(words.companies)}) could not ${chance.of(words.verbs)} the ${chance.of(words.nouns)} with ${file}.`,
      `Seen with build ${chance.of(words.versions)}${chance.happens(0.5) ? `, not with ${chance.of(words.versions)}` : ''}.`,
    ];
    for (let more = chance.below(3); more > 0; more--) lines.push(chance.of(words.sentences));
    return lines.join(' ');
  }

  /** A numbered list of what to do. */
  instructions(): string {
    return this.steps()
      .map((step, at) => `${at + 1}. ${step}`)
      .join('\r\n');
  }

  /** What to do, one by one. */
  steps(): string[] {
    const { chance, words } = this;
    const steps = [`Open ${chance.of(words.files)}`];
    for (let more = 1 + chance.below(3); more > 0; more--) {
      steps.push(
        `${capital(chance.of(words.verbs))} the ${chance.of(words.adjectives)} ${chance.of(words.nouns)}`,
      );
    }
    return steps;
  }

  /** Such as `The matrix is parsed within 3 seconds`. */
  expectation(): string {
    const { chance, words } = this;
    return `The ${chance.of(words.nouns)} is ${chance.of(outcomes)}`;
  }

  /** Such as `Users can parse the wireless matrix`. */
  wish(): string {
    const { chance, words } = this;
    return `${chance.of(roles)} can ${chance.of(words.verbs)} the ${chance.of(words.adjectives)} ${chance.of(words.nouns)}`;
  }

  /** Such as `Parse the wireless matrix`. */
  check(): string {
    const { chance, words } = this;
    return `${capital(chance.of(words.verbs))} the ${chance.of(words.adjectives)} ${chance.of(words.nouns)}`;
  }

  note(): string {
    return this.chance.of(this.words.sentences);
  }
}

const failures = [
  'fails with an empty message',
  'ends the program',
  'takes more than a minute',
  'shows the values of another record',
  'forgets what was typed',
  'works only once',
  'leaves a file behind',
  'ignores the time zone',
  'cuts long names',
  'cannot be undone',
] as const;

const circumstances = [
  'after an update',
  'without a connection',
  'on a second screen',
  'with more than 1,000 records',
  'for names with accents',
  'when two people do it at once',
  'as a guest',
  'in the trial version',
] as const;

const outcomes = [
  'shown at once',
  'there after a restart',
  'the same as before',
  'refused with a message',
  'sent within 3 seconds',
  'listed under its name',
] as const;

const roles = ['Administrators', 'Customers', 'Guests', 'Managers', 'Testers', 'Users'] as const;

/** The text with a capital letter at its beginning. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function withArticle(word: string): string {
  return `${/^[aeio]/i.test(word) ? 'an' : 'a'} ${word}`;
}
