import { didYouMean } from '../../input/did-you-mean.ts';
import type { ProductFault } from '../../world/product-fault.ts';
import { errors, type Sent, shownSent } from '../errors.ts';
import type { Doubted } from '../rules/doubtful-values.ts';

/** What else is known of something that was not kept as it was sent. */
export interface Doubt {
  /** Words that may have been meant. */
  readonly known?: () => Iterable<string>;
  /** Which of its words was compared with them; the value unless given. */
  readonly compared?: string;
  /** What a suggested word is shown with, such as `VAR_`. */
  readonly prefix?: string;
  /** The refusal with the setting `strictFields`; a general one unless given. */
  readonly refusal?: () => ProductFault;
}

interface Remark extends Doubt {
  readonly sent: Sent;
  readonly text: string;
}

/** More than these would not fit into a header. */
const mostShown = 8;

/**
 * What a call carried and the state does not hold as it was sent. It is noted where the arguments are read and used,
 * so that a hint never says what did not happen. With the setting `strictFields` the first one refuses the call.
 */
export class Remarks {
  private readonly remarks: Remark[] = [];
  private count = 0;

  /** @param isStrict whether the call is to be refused instead of told about */
  constructor(private readonly isStrict: () => boolean = () => false) {}

  /** Notes what was left out. @param reason a part of a sentence. @throws ProductFault when strict */
  ignored(sent: Sent, reason: string, doubt: Doubt = {}): void {
    this.add({ ...doubt, sent, text: `${shownSent(sent)} was ignored: ${reason}.` });
  }

  /** Notes what was taken as it is, though it was hardly meant so. @throws ProductFault when strict */
  doubtful(sent: Sent, reason: string, doubt: Doubt = {}): void {
    this.add({ ...doubt, sent, text: `${shownSent(sent)} was taken as it is: ${reason}.` });
  }

  /** All of it in one line; undefined when there is nothing to tell. */
  get hint(): string | undefined {
    if (this.count === 0) return undefined;
    const shown = this.remarks.map(({ text, ...doubt }) => text + meant(doubt));
    const left = this.count - shown.length;
    return left === 0 ? shown.join(' ') : `${shown.join(' ')} ${left} more arguments were not kept as sent.`;
  }

  private add(remark: Remark): void {
    if (this.isStrict()) throw remark.refusal?.() ?? errors.notKept(remark.sent, remark.text);
    this.count++;
    if (this.remarks.length < mostShown) this.remarks.push(remark);
  }
}

/** Tells of a value that a field or variable does not provide for. */
export function tellOfDoubt(remarks: Remarks, argument: string, doubt: Doubted): void {
  const { value, reason, known, expected } = doubt;
  const sent = { argument, value };
  remarks.doubtful(sent, reason, {
    known: () => known,
    refusal: () => errors.malformed(sent, expected),
  });
}

function meant({ sent, compared = sent.value, known, prefix = '' }: Omit<Remark, 'text'>): string {
  const word = known && didYouMean(compared, known());
  return word === undefined ? '' : ` Did you mean "${prefix}${word}"?`;
}
