import { ArgumentError } from '../input/argument-error.ts';
import { mark } from '../memo/memory.ts';
import { EditScope } from './edit-scope.ts';

const scopes = mark<object, EditScope<unknown>>();

/** Notes which edit a record came from, so that the questions below can be asked of the record too. */
export function noteScope<R>(scope: EditScope<R>): EditScope<R> {
  const { record } = scope;
  if (typeof record === 'object' && record !== null) scopes.set(record, scope as EditScope<unknown>);
  return scope;
}

/** The edit a record came from; undefined for one that was only read, or copied. */
export function scopeOf(asked: object): EditScope<unknown> | undefined {
  return asked instanceof EditScope ? asked : scopes.get(asked);
}

/** Whether the lock on a record is held. Ask with the scope, or with the record that it gave. */
export function haveEditLock(asked: object): boolean {
  return scopeOf(asked)?.hasEditLock ?? false;
}

/** Whether an edit ended with the record saved. */
export function wasSaved(asked: object): boolean {
  return scopeOf(asked)?.wasSaved ?? false;
}

/** Whether an edit ended without saving because something went wrong; `scope.error` says what. */
export function hasErrored(asked: object): boolean {
  return scopeOf(asked)?.hasErrored ?? false;
}

/** Whether an edit never began because another user edits the record (with `ignoreEditLockError`). */
export function editLockFailed(asked: object): boolean {
  return scopeOf(asked)?.editLockFailed ?? false;
}

/**
 * Leaves the work of `editing` or `run` without saving.
 *
 * @throws EditLeftError always: that is how the work ends; ArgumentError for something that is not being edited
 */
export function leaveEdit(asked: object): never {
  const scope = scopeOf(asked);
  if (!scope) throw new ArgumentError('This is neither an edit scope nor the record that one gave.');
  return scope.leave();
}
