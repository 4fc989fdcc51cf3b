import { plainValue } from '../text/plain-value.ts';
import { knownFaults } from './fault-texts.ts';
import { type Action, isTimed, type Rule } from './rule-schema.ts';
import type { RuleRecord } from './tables.ts';

/** A rule that time alone carries out: it waits for a moment and changes the state. */
export function isEvent({ when, do: { lock, dropSession } }: Rule): boolean {
  return isTimed(when) && (lock !== undefined || dropSession !== undefined);
}

/** Says in one sentence when a rule acts and what it does then. */
export function explain({ rule, from }: Pick<RuleRecord, 'rule' | 'from'>): string {
  const moment = from === undefined ? '' : new Date(from).toISOString();
  if (isEvent(rule)) return `At ${moment}${chanceText(rule)}: ${deed(rule.do)}.`;
  const { when } = rule;
  const parts = [
    turnText(rule),
    when.operation === undefined ? 'of anything' : `of ${when.operation}`,
    ...(when.api === undefined ? [] : [`on ${when.api === 'aptest' ? 'rpc.mpl' : 'the TestTrack SDK'}`]),
    ...(when.user === undefined ? [] : [`by ${when.user}`]),
    ...(when.where === undefined ? [] : [`with ${JSON.stringify(plainValue(when.where))}`]),
    ...(moment === '' ? [] : [`from ${moment} on`]),
  ];
  return `${parts.join(' ')}${timesText(rule)}${chanceText(rule)}: ${deed(rule.do)}.`;
}

function turnText({ when: { call, every }, times }: Rule): string {
  if (every !== undefined) return every === 1 ? 'At every call' : `At every ${ordinal(every)} call`;
  if (call === undefined) return 'At every call';
  return times === undefined ? `At the ${ordinal(call)} call` : `From the ${ordinal(call)} call`;
}

function timesText({ times, when: { at } }: Rule): string {
  if (times === 'always') return '';
  const most = times ?? (at === undefined ? undefined : 1);
  if (most === undefined) return '';
  return most === 1 ? ', once' : `, at most ${most} times`;
}

function chanceText({ probability }: Rule): string {
  return probability === undefined ? '' : `, with a probability of ${probability}`;
}

function deed(action: Action): string {
  const { fault, delay, status, busy, licenceGone } = action;
  if (fault) {
    const { number = 16, text = knownFaults.get(number) } = fault;
    return `answers with fault ${number}, "${text}"`;
  }
  const toState = stateDeed(action);
  if (toState !== undefined) return toState;
  if (delay !== undefined) return `waits ${delay} ms of real time`;
  const toConnection = connectionDeed(action);
  if (toConnection !== undefined) return toConnection;
  if (status) return `answers with HTTP status ${status.status}`;
  if (busy) return 'says that the session is busy with a prior request';
  return `says that no ${licenceGone === 'floating' ? 'floating' : 'SOAP'} licence is free`;
}

/** What is done to sessions and locks. */
function stateDeed({ dropSession, lock }: Action): string | undefined {
  if (dropSession === 'caller') return 'ends the session of the caller';
  if (dropSession) {
    return `ends the sessions of ${dropSession.user}${dropSession.project === undefined ? '' : ` in "${dropSession.project}"`}`;
  }
  if (!lock) return undefined;
  const { table, number, by, project, minutes } = lock;
  return `locks ${table} ${number}${project === undefined ? '' : ` of "${project}"`} for ${by}${minutes === undefined ? '' : `, ${minutes} minutes`}`;
}

/** What is done to the connection and to the bytes of the answer. */
function connectionDeed({ cut, truncate, malformed }: Action): string | undefined {
  if (cut === 'before') return 'cuts the connection before the call is made';
  if (cut === 'after') return 'makes the call and cuts the connection without an answer';
  if (truncate !== undefined) return `cuts the connection after ${truncate} bytes of the answer`;
  return malformed ? 'sends an answer that nobody can read' : undefined;
}

function ordinal(number: number): string {
  const tail =
    number % 100 >= 11 && number % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${tail}`;
}
