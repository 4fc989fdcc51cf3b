import type { CallContext } from '../call-context.ts';
import type { Long } from '../model/operation-types.generated.ts';
import { nounFor } from '../model/record-tables.ts';
import {
  area,
  documented,
  type Evidence,
  type Fact,
  type Need,
  type OperationName,
  operation,
  permission,
  type SessionOperation,
  visible,
} from '../operation.ts';
import { itemTables } from '../rules/table-names.ts';
import { viewFor } from '../rules/view.ts';
import type { Family } from './family.ts';
import {
  addRecord,
  cancelEdit,
  deleteRecord,
  editRecord,
  requireOne,
  requireRecord,
  saveNamed,
  wireOf,
} from './records.ts';

/** Every operation that a family named N can have. */
type PossibleName<N extends string> =
  | `${'get' | 'edit' | 'delete'}${N}`
  | `${'get' | 'edit' | 'delete'}${N}ByRecordID`
  | `${'add' | 'save' | 'cancelSave'}${N}`;

/** Those that the WSDL has. */
type LifecycleName<N extends string> = Extract<OperationName, PossibleName<N>>;

/** Those that it does not have: each has to be named, so that nothing is made that nobody can call. */
type Missing<N extends string> = { readonly [K in Exclude<PossibleName<N>, OperationName>]: 'missing' };

export type Lifecycle<N extends string> = { readonly [K in LifecycleName<N>]: SessionOperation<K> };

/** The parts of a call, as the life cycle reads them: which are there depends on the operation. */
type Parts = Readonly<Record<string, unknown>>;

/**
 * The life cycle that all families share: get, add, edit, save, cancelSave and delete, by whatever the family is
 * looked up by and by record ID. Checks come in this order: login, area, command, record, lock, data. [inferred]
 *
 * @param name the family's name within the operations: `Defect` for `getDefect`
 * @param missing the operations of the life cycle that the WSDL does not have for this family, if any
 */
export function recordLifecycle<N extends string, R extends { readonly recordId: number }, W extends object>(
  name: N,
  family: Family<R, W>,
  ...[missing]: keyof Missing<N> extends never ? [] : [missing: Missing<N>]
): Lifecycle<N> {
  const { idPart = 'recordID' } = family;
  const noun = nounFor(family.table);
  const needs = (verb: string): Need[] => [
    ...(family.area ? [area(family.area)] : []),
    visible(family.table),
    permission(`${verb} ${family.commandNoun}`),
  ];
  const named = (context: CallContext, parts: Parts): R => requireOne(family, context.project, parts);
  const byId = (context: CallContext, parts: Parts): R =>
    requireRecord(family, context.project, parts.recordID as Long);
  const shown = (context: CallContext, record: R, parts: Parts): W =>
    wireOf(family, record, viewFor(context, parts.bDownloadAttachments === true));

  const get = (pick: typeof named, fact: Fact) =>
    declared({
      needs: needs('View'),
      evidence: fact,
      run: (context, parts) => shown(context, pick(context, parts), parts),
    });
  const edit = (pick: typeof named, fact: Fact) =>
    declared({
      needs: needs('Edit'),
      evidence: fact,
      run: (context, parts) => shown(context, editRecord(family, context, pick(context, parts)), parts),
    });
  const remove = (pick: typeof named, fact: Fact) =>
    declared({
      needs: needs('Delete'),
      evidence: fact,
      run: (context, parts) => {
        deleteRecord(family, context, { record: pick(context, parts), input: parts });
        return 0;
      },
    });

  const operations = {
    [`get${name}`]: get(named, documented(`gives the ${noun}; several matches are refused with 74`)),
    [`get${name}ByRecordID`]: get(byId, documented(`gives the ${noun} with this record ID`)),
    [`add${name}`]: declared({
      needs: needs('Add'),
      evidence: documented(`stores a new ${noun} and gives its record ID`),
      run: (context, parts) => addRecord(family, context, parts[`p${name}`] as W | undefined).recordId,
    }),
    [`edit${name}`]: edit(
      named,
      documented(`gives the ${noun} and locks it for 15 minutes; 22 while it is locked`),
    ),
    [`edit${name}ByRecordID`]: edit(byId, documented(`as edit${name}, by record ID`)),
    [`save${name}`]: declared({
      needs: needs('Edit'),
      evidence: documented(
        `stores the edited ${noun} and unlocks it; after a refusal the lock stays${
          itemTables.includes(family.table) ? '; while its state locks it, workflow events only' : ''
        }`,
      ),
      run: (context, parts) => {
        saveNamed(family, context, { sent: parts[`p${name}`] as W | undefined, input: parts });
        return 0;
      },
    }),
    [`cancelSave${name}`]: declared({
      needs: needs('Edit'),
      evidence: documented(
        `unlocks the ${noun} without storing; 7 when this session does not edit it (inferred)`,
      ),
      run: (context, parts) => {
        cancelEdit(family, context, parts[idPart] as Long);
        return 0;
      },
    }),
    [`delete${name}`]: remove(
      named,
      documented(`deletes the ${noun}; 22 while another user edits it (inferred)`),
    ),
    [`delete${name}ByRecordID`]: remove(byId, documented(`as delete${name}, by record ID`)),
  };
  const present = Object.entries(operations).filter(([each]) => !Object.hasOwn(missing ?? {}, each));
  // The names are put together from N, which the compiler cannot follow; `Lifecycle<N>` says which they are.
  return Object.fromEntries(present) as unknown as Lifecycle<N>;
}

function declared(parts: {
  needs: readonly Need[];
  evidence: Evidence;
  run: (context: CallContext, parts: Parts) => unknown;
}): unknown {
  return operation(parts as Parameters<typeof operation>[0]);
}
