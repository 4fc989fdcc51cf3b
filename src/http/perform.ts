import type { ServerResponse } from 'node:http';
import type { Instead, Intervention } from '../fault-rules/intervention.ts';
import type { Annotation } from '../journal/journal.ts';
import type { Log } from '../log/log.ts';
import type { Call, CallFault } from '../runner/call.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import { corruptAnswer } from './answer-corruption.ts';
import { CallLine } from './call-line.ts';
import { answerText } from './endpoint.ts';
import { hintHeader, hintHeaderName } from './hint.ts';
import { onLeave } from './leaving.ts';
import { isCollected, openSpan } from './spans.ts';
import { type TraceContext, traceOf } from './trace-context.ts';
import { whenKept } from './when-kept.ts';

/** A call that was read and is to be made, of either product. */
export interface Performance {
  readonly world: HostedWorld;
  readonly response: ServerResponse;
  readonly log: Log;
  /** Made only when something wants to look at it; undefined for a request that is no call, such as for a help page. */
  readonly call: () => Call | undefined;
  /**
   * Lets the call in, where a session takes one at a time.
   *
   * @returns what ends it; undefined where any number may come at once
   * @throws ProductFault
   */
  readonly enter?: (() => (() => void) | undefined) | undefined;
  /** Makes the call and gives what answers it, at once or, when that gives a promise, later. What either of them throws goes to `refuse`. */
  readonly answer: () => () => unknown;
  /** Answers with a fault, or for a mistake of ours. */
  readonly refuse: (error: unknown) => void;
}

/**
 * What happens between reading a call and answering it, for both products: the session's gate, what fault rules do
 * before, the call, what they do to the answer, and waiting until what the answer shows is kept.
 */
export function perform(given: Performance): void {
  const trace = traceOf(given.response.req.headers);
  if (trace) annotated(given.world, trace, () => performIn(traced(given, trace), trace));
  else performIn(given, undefined);
}

function performIn(given: Performance, trace: TraceContext | undefined): void {
  const performance = toldInLog(withSpan(given), trace);
  const { world, response, enter, answer, refuse } = performance;
  try {
    const leave = enter?.();
    if (leave) response.once('close', leave);
    const call = world.faultRules.isEmpty ? undefined : performance.call();
    const intervention = call && world.faultRules.intervene(call);
    if (!intervention) {
      whenKept(world, answer(), refuse);
      return;
    }
    for (const line of intervention.by) performance.log.info(line, { operation: call.name });
    const unmade = {
      code: 0,
      text: 'The client left while a fault rule let it wait; the call was not made.',
    };
    afterDelay(response, intervention.delayMs, {
      arrive: () => interveneIn(performance, call, intervention),
      leave: () => notMade(performance, call, { ...unmade, hint: intervention.by.join(' ') }),
    });
  } catch (error) {
    whenKept(world, () => refuse(error), refuse);
  }
}

/** A call whose end the log hears of, if it wants to. */
interface Told extends Performance {
  readonly line?: CallLine;
}

/** The same, told to those who collect spans. */
function withSpan(performance: Performance): Performance {
  if (!isCollected()) return performance;
  const { response, world } = performance;
  const call = performance.call();
  if (call) openSpan(response, call, world.name);
  return performance;
}

/** The same, for a call that may be made later, when a fault rule has let it wait. */
function traced(performance: Performance, trace: TraceContext): Performance {
  const { world, answer } = performance;
  return { ...performance, answer: () => annotated(world, trace, answer) };
}

/** The same, with a line in the log about how it ends. */
function toldInLog(performance: Performance, trace: TraceContext | undefined): Told {
  const { world, log, answer, refuse } = performance;
  const call = log.isInfo === false ? undefined : performance.call();
  if (call === undefined) return performance;
  const line = new CallLine(log, { world, trace }, call);
  const refused = (error: unknown) => {
    line.refused(error);
    refuse(error);
  };
  return {
    ...performance,
    line,
    call: () => call,
    refuse: refused,
    answer: () => {
      const send = answer();
      return () => {
        const sent = send();
        if (!log.isInfo) return sent;
        if (sent instanceof Promise) return sent.then(() => line.ok());
        return line.ok();
      };
    },
  };
}

/** Waits by the host's clock; a client that leaves meanwhile takes its call along. */
function afterDelay(
  response: ServerResponse,
  delayMs: number,
  { arrive, leave }: { readonly arrive: () => void; readonly leave: () => void },
): void {
  if (delayMs === 0) {
    arrive();
    return;
  }
  const stay = onLeave(response, () => {
    clearTimeout(timer);
    leave();
  });
  const timer = setTimeout(() => {
    stay();
    arrive();
  }, delayMs);
}

function interveneIn(performance: Told, call: Call, { instead, corruption, by }: Intervention): void {
  const { world, response, answer, refuse } = performance;
  try {
    if (corruption) corruptAnswer(response, corruption);
    if (instead) answerInstead(performance, { call, instead, hint: by.join(' ') });
    else whenKept(world, annotated(world, { ruleNote: by.join(' ') }, answer), refuse);
  } catch (error) {
    whenKept(world, () => refuse(error), refuse);
  }
}

/** Does work in which a call may be made, and has the journal say of it what only the edge knows. */
function annotated<T>({ journal }: HostedWorld, known: Annotation, work: () => T): T {
  const last = journal.recorded;
  try {
    return work();
  } finally {
    journal.annotate(last, known);
  }
}

/** Has the journal and the log say that a call was not made, and what its client got. */
function notMade({ world, line }: Told, call: Call, instead: CallFault): void {
  world.runner.refuse(call, instead);
  line?.notMade(instead);
}

/**
 * Answers a call that a fault rule keeps from being made. It shows in the journal of its world with what its client got:
 * a test that looks for it would otherwise conclude that it was never sent.
 */
function answerInstead(
  told: Told,
  { call, instead, hint }: { readonly call: Call; readonly instead: Instead; readonly hint: string },
): void {
  const { world, response } = told;
  switch (instead.kind) {
    case 'fault':
      world.runner.refuse(call, instead.fault);
      throw instead.fault;
    case 'cut':
      notMade(told, call, { code: 0, text: 'The connection was cut before the call was made.', hint });
      response.destroy();
      break;
    case 'status': {
      const { status, body, contentType } = instead;
      const text = `Answered with HTTP status ${status}; the call was not made.`;
      notMade(told, call, { code: status, text, hint });
      const headers = { [hintHeaderName]: hintHeader(hint) };
      if (status === 204 || status === 304) response.writeHead(status, headers).end();
      else answerText(response, { status, text: body, headers: { ...headers, 'Content-Type': contentType } });
    }
  }
}
