import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { problemsOf } from '../../input/issues.ts';
import { readDocument } from '../../scenario/reading/document.ts';
import { ScenarioError } from '../../scenario/reading/problem.ts';
import { RealServerError } from '../real-error.ts';

const allowanceSchema = z.strictObject({
  /** The operation or command; any where none is named. */
  operation: z.string().min(1).optional(),
  /** A field such as `result.eventlist[*].notes`, and everything in it; `*` stands for any index or name. */
  field: z.string().min(1).optional(),
  /** Why the two may differ there. */
  reason: z.string().min(3, 'a reason says why, in a few words'),
});

const fileSchema = z.strictObject({
  replay: z.literal(1),
  allow: z.array(allowanceSchema),
});

/** A difference that is known and taken for granted. */
export type Allowance = z.output<typeof allowanceSchema>;

/** The differences that a file allows, and which of them were met. */
export class Allowances {
  readonly #all: readonly (Allowance & { readonly pattern: RegExp | undefined })[];
  readonly #met = new Set<Allowance>();

  constructor(all: readonly Allowance[]) {
    this.#all = all.map((allowance) => ({
      ...allowance,
      pattern: allowance.field === undefined ? undefined : patternOf(allowance.field),
    }));
  }

  /** The allowance that a difference falls under. */
  allowing(operation: string, field: string): Allowance | undefined {
    const found = this.#all.find(
      (each) => (each.operation ?? operation) === operation && (each.pattern?.test(field) ?? true),
    );
    if (found) this.#met.add(found);
    return found;
  }

  /** Those that nothing fell under: the difference is gone, or the words are wrong. */
  get unmet(): readonly Allowance[] {
    return this.#all.filter((each) => !this.#met.has(each));
  }
}

/**
 * Reads `replay.yaml`.
 *
 * @throws RealServerError for a file that cannot be read or says something else
 */
export function allowancesIn(file: string): Allowances {
  const refused = (why: string) => new RealServerError('TWIN_REAL_FILE', `${file}: ${why}`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw refused(`it cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  try {
    const document = readDocument(file, text);
    const checked = fileSchema.safeParse(document.data);
    if (checked.success) return new Allowances(checked.data.allow);
    const [first] = problemsOf(checked.error, fileSchema, document.data);
    const at = first && document.positionOf(first.path, first.isKey ? 'key' : 'value');
    throw refused(`line ${at?.line ?? 1}: ${first?.path.join('.')} ${first?.message}`);
  } catch (error) {
    if (error instanceof ScenarioError) throw refused(error.message);
    throw error;
  }
}

/** `*` in brackets or between dots is any index or name; what is within the field counts too. */
function patternOf(field: string): RegExp {
  const escaped = field.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^.\\[\\]]*');
  return new RegExp(`^${escaped}(?:$|[.\\[])`);
}
