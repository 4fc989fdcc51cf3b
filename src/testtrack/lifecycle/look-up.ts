import type { Indexes, Table } from '../../world/table.ts';
import type { Long } from '../model/operation-types.generated.ts';
import { nounOf } from '../model/record-tables.ts';
import type { ProjectView } from '../project-view.ts';
import type { Found } from './family.ts';

type Parts = Readonly<Record<string, unknown>>;

/**
 * Finds by number, or by summary when the number is 0: then, and only then, the summary is looked at. [documented]
 *
 * @param numberPart what the number is called in the calls of this family
 */
export function byNumberOrSummary<R, I extends Indexes<R> & Record<'number' | 'summary', unknown>>(
  records: Table<R, I>,
  { numberPart, summaryPart }: { numberPart: string; summaryPart: string },
): (project: ProjectView, input: Parts) => Found<R> {
  const noun = nounOf(records);
  return (project, input) => {
    const number = (input[numberPart] ?? 0) as Long;
    if (Number(number) !== 0) {
      return { records: project.table(records).findBy('number', number), wanted: `${noun} number ${number}` };
    }
    const summary = String(input[summaryPart] ?? '');
    const wanted = `${noun} with the ${summaryPart} "${summary}" (${numberPart} was 0)`;
    return { records: project.table(records).findBy('summary', summary), wanted };
  };
}

/** Finds by name alone. [documented for tasks and test configurations] */
export function byName<R, I extends Indexes<R> & Record<'name', unknown>>(
  records: Table<R, I>,
  namePart: string,
): (project: ProjectView, input: Parts) => Found<R> {
  const noun = nounOf(records);
  return (project, input) => {
    const name = String(input[namePart] ?? '');
    return {
      records: project.table(records).findBy('name', name),
      wanted: `${noun} with the ${namePart} "${name}"`,
    };
  };
}
