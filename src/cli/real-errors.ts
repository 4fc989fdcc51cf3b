import { UsageError } from './terminal.ts';

/** Errors that a server, its answers, or a file are to blame for: their message is all that a person needs. */
const forPeople = new Set(['RealServerError', 'TestTrackConnectionError', 'ApTestConnectionError']);
const refusals = new Set(['TestTrackApiError', 'TestTrackLogonError', 'ApTestApiError']);

/**
 * Runs what calls a real server.
 *
 * @throws UsageError in the place of every error that is no mistake of ours
 */
export async function explainedCalls<T>(work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (forPeople.has(error.name)) throw new UsageError(error.message);
    if (refusals.has(error.name)) {
      const { text, hint } = error as Error & { readonly text: string; readonly hint?: string };
      const what = error.name === 'TestTrackLogonError' ? 'The logon was refused' : 'The server refuses';
      throw new UsageError(`${what}: ${text}${hint === undefined ? '' : ` (${hint})`}`);
    }
    throw error;
  }
}
