import { ArgumentError } from '../input/argument-error.ts';
import { mark } from '../memo/memory.ts';
import type { OperationModel, WsdlField, WsdlModel } from '../soap/wsdl-model.ts';
import type {
  CDefect,
  CFolder,
  CLink,
  CRequirement,
  CRequirementDocument,
  CSystem,
  CTask,
  CTestCase,
  CTestRun,
  CUser,
  Long,
} from '../testtrack/model/operation-types.generated.ts';

/** What can be edited and saved, by the name that its operations have. */
export type FamilyName =
  | 'Defect'
  | 'Task'
  | 'TestConfig'
  | 'User'
  | 'Customer'
  | 'Link'
  | 'TestCase'
  | 'TestRun'
  | 'Folder'
  | 'Requirement'
  | 'RequirementDocument';

/** A record that `save` and `cancelSave` take. */
export type SavableRecord =
  | CDefect
  | CTask
  | CSystem
  | CUser
  | CLink
  | CTestCase
  | CTestRun
  | CFolder
  | CRequirement
  | CRequirementDocument;

type Parts = Readonly<Record<string, unknown>>;

/** The calls that end an edit, with their parts. */
export interface EndingCalls {
  readonly save: { readonly operation: string; parts(record: unknown): Parts };
  readonly cancel: { readonly operation: string; readonly parts: Parts };
}

/** Where a record came from. */
interface Origin {
  readonly family: FamilyName;
  /** The name that a user had: `saveUser` finds the user by it. */
  readonly names?: Parts;
}

const typeNames: Readonly<Record<string, FamilyName>> = {
  CDefect: 'Defect',
  CTask: 'Task',
  CSystem: 'TestConfig',
  CUser: 'User',
  CLink: 'Link',
  CTestCase: 'TestCase',
  CTestRun: 'TestRun',
  CFolder: 'Folder',
  CRequirement: 'Requirement',
  CRequirementDocument: 'RequirementDocument',
};
const origins = mark<object, Origin>();

/** Notes of every record in an answer what kind of record it is. */
export function noteOrigins(operation: OperationModel, answer: unknown): void {
  const { type } = operation.output;
  const item = type.kind === 'array' ? type.item : type;
  const family = item.kind === 'struct' ? typeNames[item.name] : undefined;
  if (family === undefined) return;
  const isCustomer = family === 'User' && operation.name.includes('Customer');
  for (const record of Array.isArray(answer) ? answer : [answer]) {
    origins.set(record as object, {
      family: isCustomer ? 'Customer' : family,
      ...(family === 'User' ? { names: namesOf(record as CUser) } : {}),
    });
  }
}

/**
 * What kind of record this is: as the caller says, as it was read, or as its `$type` says.
 *
 * @throws ArgumentError when nothing tells
 */
export function familyOf(record: SavableRecord, said: FamilyName | undefined): FamilyName {
  const named = record.$type === undefined ? undefined : typeNames[record.$type];
  const family = said ?? origins.get(record)?.family ?? named;
  if (family === undefined) {
    throw new ArgumentError(
      'Nothing tells what kind of record this is: it was not read with this client. Say it: save(record, "Defect").',
    );
  }
  return family === 'User' && said === undefined && (record as CUser).iscustomer === true
    ? 'Customer'
    : family;
}

/** The family that an operation edits: `editDefectByRecordID` is of `Defect`. */
export function editedFamily(editOperation: string): string {
  return editOperation.replace(/^edit/, '').replace(/ByRecordID$/, '');
}

/**
 * How the edit of a record ends.
 *
 * @param edited the record as it was locked
 * @param parts what the edit was asked with; the ranking of a folder's items goes back under the same
 */
export function endingCalls(
  model: WsdlModel,
  family: string,
  { edited, parts = {} }: { readonly edited: unknown; readonly parts?: Parts | undefined },
): EndingCalls {
  const save = operationNamed(model, `save${family}`);
  const cancel = operationNamed(model, `cancelSave${family}`);
  const recordPart = save.input.find(({ type }) => type.kind !== 'simple');
  const idPart = ownParts(cancel)[0];
  if (!recordPart || !idPart) throw new ArgumentError(`${save.name} takes no record`);
  const names = save.input.some(({ name }) => name === 'lastName')
    ? (origins.get(edited as object)?.names ?? namesOf(edited as CUser))
    : {};
  const place = Object.fromEntries(
    ownParts(save)
      .filter(({ name }) => name in parts)
      .map(({ name }) => [name, parts[name]]),
  );
  const recordID = (edited as { readonly recordid?: Long }).recordid ?? parts[idPart.name] ?? 0;
  return {
    save: {
      operation: save.name,
      parts: (record) => ({ ...place, ...names, [recordPart.name]: record }),
    },
    cancel: { operation: cancel.name, parts: { [idPart.name]: recordID } },
  };
}

function operationNamed(model: WsdlModel, name: string): OperationModel {
  const operation = model.operations.get(name);
  if (!operation) throw new ArgumentError(`the server's WSDL has no operation ${name}`);
  return operation;
}

function ownParts({ input }: OperationModel): WsdlField[] {
  return input.filter(({ name }) => name !== 'cookie');
}

function namesOf({ firstname = '', middleinitials = '', lastname = '' }: CUser): Parts {
  return { firstName: firstname, middleInitials: middleinitials, lastName: lastname };
}
