import type { WsdlModel } from '../soap/wsdl-model.ts';
import type { Long, OperationName, OperationTypes } from '../testtrack/model/operation-types.generated.ts';
import { noteScope, scopeOf } from './edit-questions.ts';
import { type EditActions, type EditOptions, EditScope } from './edit-scope.ts';
import type { SessionOperations } from './operation-methods.ts';
import {
  editedFamily,
  endingCalls,
  type FamilyName,
  familyOf,
  noteOrigins,
  type SavableRecord,
} from './record-families.ts';
import { errorNumbers, isApiError } from './testtrack-errors.ts';
import {
  type ConnectOptions,
  type Credentials,
  connectTestTrack,
  type TestTrackServer,
} from './testtrack-server.ts';

type Parts = Readonly<Record<string, unknown>>;

/** A base class with the operations of the WSDL as methods, which the type names one by one. */
const SessionMethods = class {} as new () => SessionOperations;

/**
 * A session of a project: every operation of the WSDL as a typed method, without the cookie.
 *
 * Calls of one client go one after another: a server answers one request of a session at a time and may refuse a
 * second one (observed). For calls in parallel open several clients.
 */
export class TestTrackClient extends SessionMethods implements AsyncDisposable {
  readonly server: TestTrackServer;
  readonly #cookie: Long;
  readonly #openEdits = new Set<EditScope<unknown>>();
  #last: Promise<unknown> = Promise.resolve();
  #isLoggedOn = true;

  private constructor(server: TestTrackServer, cookie: Long) {
    super();
    this.server = server;
    this.#cookie = cookie;
    TestTrackClient.#defineMethods(server.wsdl.model);
  }

  /** Makes ready to call a server, without a logon. */
  static connect(options: ConnectOptions): Promise<TestTrackServer> {
    return connectTestTrack(options);
  }

  /**
   * Connects and logs on. With `await using` the session is logged off at the end of the block, also after an error.
   *
   * @throws TestTrackLogonError when the server refuses, TestTrackConnectionError when it is not there
   */
  static async logOn(
    options: (ConnectOptions | { readonly server: TestTrackServer }) & Credentials,
  ): Promise<TestTrackClient> {
    const server = 'server' in options ? options.server : await connectTestTrack(options);
    return new TestTrackClient(server, await server.openSession(options));
  }

  /** Whether this session was not logged off from here. The server may have dropped it all the same. */
  get isLoggedOn(): boolean {
    return this.#isLoggedOn;
  }

  /**
   * Works on a record and saves it, or cancels the edit when the work throws.
   *
   * @param edit what an `edit…` method gives: `tt.editing(tt.editDefect({ defectNumber: 11 }), (defect) => { … })`
   * @returns the scope, to ask what became of it
   * @throws what the work throws; what the edit or the save is refused with
   */
  async editing<R>(
    edit: EditScope<R> | Promise<EditScope<R>>,
    work: (record: R, scope: EditScope<R>) => unknown,
  ): Promise<EditScope<R>> {
    return (await edit).run(work);
  }

  /**
   * Saves a record that is being edited in this session, by the operation of its kind, and so unlocks it.
   *
   * @param family its kind, for a record that was not read with this client
   */
  async save(record: SavableRecord, family?: FamilyName): Promise<void> {
    const scope = scopeOf(record);
    if (scope?.hasEditLock) return scope.save();
    await this.#actions(familyOf(record, family), record).save(record);
  }

  /** Gives up the edit of a record, by the operation of its kind. */
  async cancelSave(record: SavableRecord, family?: FamilyName): Promise<void> {
    const scope = scopeOf(record);
    if (scope?.hasEditLock) return scope.cancel();
    await this.#actions(familyOf(record, family), record).cancel();
  }

  /**
   * Ends the session. Records that are still being edited are left as they were. Does nothing the second time, and is
   * content with a session that the server dropped already.
   */
  async logOff(): Promise<void> {
    if (!this.#isLoggedOn) return;
    for (const scope of this.#openEdits) await scope.cancel();
    this.#isLoggedOn = false;
    try {
      await this.#send('DatabaseLogoff', {});
    } catch (error) {
      if (!isApiError(error, errorNumbers.notLoggedIn)) throw error;
    }
  }

  /** Logs off; edits that are still open are cancelled first. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.logOff();
  }

  /** Behind every method of an operation. */
  async #call(name: OperationName, parts: Parts): Promise<unknown> {
    const answer = await this.#send(name, parts);
    const operation = this.server.wsdl.model.operations.get(name);
    if (operation) noteOrigins(operation, answer);
    return answer;
  }

  /** Behind every method that edits. */
  async #edit(name: OperationName, parts: Parts, options: EditOptions): Promise<EditScope<unknown>> {
    let record: unknown;
    try {
      record = await this.#call(name, parts);
    } catch (error) {
      if (options.ignoreEditLockError && isApiError(error, errorNumbers.recordLocked))
        return EditScope.refused(error);
      throw error;
    }
    const { save, cancel } = this.#actions(editedFamily(name), record, parts);
    const scope: EditScope<unknown> = EditScope.begun(record, {
      save: async (changed) => {
        await save(changed);
        this.#openEdits.delete(scope);
      },
      cancel: async () => {
        this.#openEdits.delete(scope);
        await cancel();
      },
    });
    this.#openEdits.add(scope);
    return noteScope(scope);
  }

  #actions(family: string, edited: unknown, parts: Parts = {}): EditActions<unknown> {
    const { save, cancel } = endingCalls(this.server.wsdl.model, family, { edited, parts });
    return {
      save: async (record) => {
        await this.#send(save.operation as OperationName, save.parts(record));
      },
      cancel: async () => {
        await this.#send(cancel.operation as OperationName, cancel.parts);
      },
    };
  }

  #send<N extends OperationName>(name: N, parts: Parts): Promise<OperationTypes[N]['output']> {
    const withCookie = { ...parts, cookie: this.#cookie } as unknown as Partial<OperationTypes[N]['input']>;
    const answer = this.#last.then(() => this.server.call(name, withCookie));
    this.#last = answer.catch(() => {});
    return answer;
  }

  /** Gives the class a method for each operation of a WSDL; the type has named them already. */
  static #defineMethods(model: WsdlModel): void {
    for (const { name, input } of model.operations.values()) {
      const isOfSession = name !== 'DatabaseLogoff' && input.some((part) => part.name === 'cookie');
      if (!isOfSession || name in TestTrackClient.prototype) continue;
      const operation = name as OperationName;
      const value = name.startsWith('edit')
        ? function (this: TestTrackClient, parts: Parts = {}, options: EditOptions = {}) {
            return this.#edit(operation, parts, options);
          }
        : function (this: TestTrackClient, parts: Parts = {}) {
            return this.#call(operation, parts);
          };
      Object.defineProperty(TestTrackClient.prototype, name, { value });
    }
  }
}
