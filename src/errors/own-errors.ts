/** What a code stands for, for a person who found it in an answer, in the log or on an exception. */
export interface OwnError {
  readonly meaning: string;
  /** What to do, as whole sentences. */
  readonly remedy: string;
}

/**
 * Every error of Twintrack's own by its code, once. What TestTrack and ApTest Manager would refuse too is no error of
 * ours: such faults keep the numbers of the products. `docs/errors.md` is written from this.
 */
export const ownErrors = {
  TWIN_USAGE: {
    meaning: 'The program was called in a way that it does not know.',
    remedy: 'Read the message; `twintrack --help` and `twintrack <command> --help` list what there is.',
  },
  TWIN_SETTINGS_INVALID: {
    meaning: 'A setting has a value that it cannot have, or there is no setting of this name.',
    remedy: 'Each line of the message names a setting and how to write it. The README lists them all.',
  },
  TWIN_QUANTITY_INVALID: {
    meaning: 'A size or a duration cannot be read, or does not fit.',
    remedy: 'Write a number with a unit, such as 10mb or 15m.',
  },
  TWIN_LISTEN_FAILED: {
    meaning: 'The twin cannot listen at the host and port that were asked for.',
    remedy: 'Choose another port (0 gives a free one), or end what listens there.',
  },
  TWIN_SCENARIO_INVALID: {
    meaning: 'A scenario cannot be used: it is not well written, or it makes no sense.',
    remedy: 'Each line of the message has file, line and column, what was expected and how to mend it.',
  },
  TWIN_STORE_UNUSABLE: {
    meaning: 'The data folder cannot be used.',
    remedy:
      'The message says why. Give the folder to the user that runs the twin, or choose another with --data.',
  },
  TWIN_STORE_LOST: {
    meaning:
      'The data folder was removed, replaced, made read-only or taken by another process while it was in use.',
    remedy:
      'Give each twin a folder of its own, leave it alone while the twin runs, and start the twin again.',
  },
  TWIN_STORE_CORRUPT: {
    meaning: 'A file of the data folder does not hold what was written there.',
    remedy: 'The message names file and byte. Restore the folder from a copy, or start with an empty one.',
  },
  TWIN_STATE_NOT_KEPT: {
    meaning: 'A change could not be written to the data folder, so it was undone.',
    remedy: 'Look at the log for the reason (most often a full disk), mend it, and send the call again.',
  },
  TWIN_STATE_FULL: {
    meaning: 'The state has no room for what a change adds, so nothing was changed.',
    remedy: 'Delete records, drop worlds and snapshots, or start with a larger `--max-state`.',
  },
  TWIN_WORLD_UNKNOWN: {
    meaning: 'There is no world of this name.',
    remedy: 'GET /__admin/worlds lists the worlds that are there.',
  },
  TWIN_WORLD_TAKEN: {
    meaning: 'There is a world of this name already.',
    remedy: 'Choose another name, or remove the world that has it.',
  },
  TWIN_WORLD_REFUSED: {
    meaning: 'What was asked of a world cannot be done.',
    remedy: 'The message says what is possible instead.',
  },
  TWIN_MOVE_UNKNOWN: {
    meaning: 'There is no such world to move, no such twin to move it to, or no move to finish or take back.',
    remedy: '`twintrack worlds list --url …` shows worlds and moves; other twins are named with `--peers`.',
  },
  TWIN_MOVE_TAKEN: {
    meaning:
      'Something stands in the way of a move: another move, or a world of this name at the other twin.',
    remedy: 'The message says what. Nothing was changed, or what to do to finish it is said.',
  },
  TWIN_MOVE_REFUSED: {
    meaning: 'A world cannot be moved as it was asked.',
    remedy: 'The message says why and what is possible instead. The world is where it was.',
  },
  TWIN_SNAPSHOT_UNKNOWN: {
    meaning: 'There is no snapshot of this name.',
    remedy: 'GET /__admin/snapshots lists those that are there.',
  },
  TWIN_SNAPSHOT_TAKEN: {
    meaning: 'There is a snapshot of this name already.',
    remedy: 'Choose another name, or remove the snapshot that has it.',
  },
  TWIN_SNAPSHOT_REFUSED: {
    meaning: 'What was asked of a snapshot cannot be done.',
    remedy: 'The message says what is possible instead.',
  },
  TWIN_RULE_UNKNOWN: {
    meaning: 'There is no fault rule of this name.',
    remedy: 'GET /__admin/rules lists those that are there.',
  },
  TWIN_RULE_TAKEN: {
    meaning: 'There is a fault rule of this name already.',
    remedy: 'Choose another name, or remove the rule that has it.',
  },
  TWIN_RULE_REFUSED: {
    meaning: 'A fault rule is not well written, or what was asked of it cannot be done.',
    remedy: 'The message names the key and what was expected.',
  },
  TWIN_JOURNAL_QUESTION_INVALID: {
    meaning: 'A question to the journal makes no sense: it would fit every call, or none.',
    remedy: 'The message names the key and what was expected.',
  },
  TWIN_JOURNAL_OPERATION_UNKNOWN: {
    meaning: 'A verification expects an operation that neither product has.',
    remedy: 'Write the name as the WSDL, or the manual of rpc.mpl, has it.',
  },
  TWIN_JOURNAL_CALL_IMPOSSIBLE: {
    meaning:
      'A verification expects a call that there cannot be: an argument, a member, a value, a user, a project or a suite that no call has.',
    remedy: 'The message names the place and what was probably meant.',
  },
  TWIN_JOURNAL_MISMATCH: {
    meaning: 'The calls that a verification expected were not made.',
    remedy: 'The message shows the nearest calls and what differed in each.',
  },
  TWIN_BODY_INVALID: {
    meaning: 'The body of a request cannot be used: it is too large, packed in an unknown way, or not whole.',
    remedy: 'The message names the limit or the packing; limits are settings.',
  },
  TWIN_UPLOAD_INVALID: {
    meaning: 'A form with a file cannot be read.',
    remedy: 'Send multipart/form-data as the message says; limits are settings.',
  },
  TWIN_CONTROL_INVALID: {
    meaning: 'A control request has something in it that is not known or not fit.',
    remedy: 'The message says what, and what was expected. GET /__admin describes every route.',
  },
  TWIN_CONTROL_CONFLICT: {
    meaning: 'A control request cannot be done in the state that the twin is in.',
    remedy: 'The message says what stands in the way.',
  },
  TWIN_CONTROL_ROUTE_UNKNOWN: {
    meaning: 'There is no control route at this path.',
    remedy: 'GET /__admin describes every route.',
  },
  TWIN_CONTROL_METHOD_UNKNOWN: {
    meaning: 'The route does not know this method.',
    remedy: 'Use one of those in the header Allow.',
  },
  TWIN_CONTROL_UNAUTHORIZED: {
    meaning: 'The token of a control request is missing or not the right one.',
    remedy: 'Send "Authorization: Bearer <token>" with the token that the twin was started with.',
  },
  TWIN_CONTROL_FORBIDDEN: {
    meaning: 'A control request came from where this twin may not be controlled.',
    remedy: 'Use 127.0.0.1, allow the name with --allow-host, or start the twin with --admin-token.',
  },
  TWIN_INTERNAL: {
    meaning: 'Twintrack made a mistake.',
    remedy: 'The log says what happened. Please report it with these lines.',
  },
  TWIN_ANSWER_MISMATCH: {
    meaning: 'Twintrack made an answer that the WSDL does not allow, and did not send it.',
    remedy: 'Please report it with the lines of the log.',
  },
  TWIN_WSDL_INVALID: {
    meaning: 'A text is not a WSDL that Twintrack can work from.',
    remedy: 'Give an RPC/encoded WSDL 1.1, such as the one that the twin serves.',
  },
  TWIN_ARGUMENT_INVALID: {
    meaning: 'A function of the library or of a client got an argument that it cannot work with.',
    remedy: 'The message names the argument and says what it takes.',
  },
  TWIN_CLIENT_NO_ANSWER: {
    meaning: 'The server could not be reached, or what came back is no answer of its interface.',
    remedy: 'Look at `url`, `status` and `cause` of the exception.',
  },
  TWIN_CLIENT_NOT_SOAP: {
    meaning: 'What came back is no SOAP envelope.',
    remedy: 'Look whether the address is that of the SOAP interface; a proxy may have answered.',
  },
  TWIN_CLIENT_UNREADABLE_ANSWER: {
    meaning: 'A value of an answer is not what the WSDL declares.',
    remedy: 'The message names the member. Give the client the WSDL of this server.',
  },
  TWIN_CLIENT_EDIT_LEFT: {
    meaning: 'An edit was left with leave() outside of editing() or run().',
    remedy: 'In an "await using" block just leave the block.',
  },
  TWIN_CONTRACT_DIFFERENCE: {
    meaning: 'A server does something else than the contract suite expects.',
    remedy: 'The report names the check, what was expected and what came.',
  },
  TWIN_CONTRACT_SKIPPED: {
    meaning: 'A check of the contract suite cannot be made against this server.',
    remedy: 'The report says what the project or suite lacks.',
  },
  TWIN_REAL_TARGET_REFUSED: {
    meaning: 'The address of a real server cannot be used.',
    remedy: 'Name the server itself, as http://host or https://host/path, without a password in the address.',
  },
  TWIN_REAL_NO_ANSWER: {
    meaning: 'A real server could not be reached, or did not let a session begin.',
    remedy: 'The message says why. Look at the address, the network and the licences of the server.',
  },
  TWIN_REAL_NOTHING_SEEN: {
    meaning: 'The account that a project was to be cloned with sees nothing of it.',
    remedy: 'Give the account a security group that may view records, or take another one.',
  },
  TWIN_REAL_RECORDING: {
    meaning: 'A file is no recording that this version can read.',
    remedy: 'Record again with `twintrack record`, or use the version of Twintrack that wrote it.',
  },
  TWIN_REAL_FILE: {
    meaning: 'A file of a clone, a recording or a contract cannot be written, or not be read.',
    remedy: 'The message names the file and what is in the way.',
  },
} as const satisfies Readonly<Record<`TWIN_${string}`, OwnError>>;

/** A code of an error of Twintrack's own. */
export type TwinErrorCode = keyof typeof ownErrors;

/** The code that something thrown carries; a mistake of ours has none. */
export function codeOf(error: unknown): TwinErrorCode {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && Object.hasOwn(ownErrors, code)
    ? (code as TwinErrorCode)
    : 'TWIN_INTERNAL';
}
