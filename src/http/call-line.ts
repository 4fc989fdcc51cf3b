import { callerOf } from '../journal/caller.ts';
import type { Log } from '../log/log.ts';
import type { Call, CallFault } from '../runner/call.ts';
import { ProductFault } from '../world/product-fault.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import type { TraceContext } from './trace-context.ts';

/** Characters of a refusal in the log. */
const longestSaid = 300;
const longestName = 80;

/** The line of the log that tells how a call ended. */
export class CallLine {
  private readonly begun = performance.now();
  private readonly world: string;
  private readonly traceId: string | undefined;
  private readonly user: string | undefined;
  private readonly operation: string;

  /** @param call as it came, before it is made: afterwards its session may be gone */
  constructor(
    private readonly log: Log,
    { world, trace }: { readonly world: HostedWorld; readonly trace: TraceContext | undefined },
    call: Call,
  ) {
    this.world = world.name;
    this.traceId = trace?.traceId;
    this.user = callerOf(world.runner.world, call).user;
    // Of rpc.mpl that is what a client wrote.
    this.operation = call.name === '' ? 'rpc.mpl' : call.name.slice(0, longestName);
  }

  ok(): void {
    this.log.info(`${this.operation} ok`, this.fields(0));
  }

  /** Tells the product's refusal; whatever else was thrown has a line of its own elsewhere. */
  refused(error: unknown): void {
    if (!(error instanceof ProductFault)) return;
    const { code, shownText, hint } = error;
    const said = shownText.slice(0, longestSaid);
    this.log.info(`${this.operation} refused with ${code}: ${said}`, { ...this.fields(code), hint });
  }

  /** Tells of a call that a fault rule kept from being made, or whose client left before. */
  notMade({ code, text, hint }: CallFault): void {
    this.log.info(`${this.operation} not made: ${text}`, { ...this.fields(code), isMade: false, hint });
  }

  private fields(code: number) {
    const durationMs = Math.round((performance.now() - this.begun) * 10) / 10;
    const { operation, user, world, traceId } = this;
    const known = { operation, code, user, world, durationMs };
    return traceId === undefined ? known : { ...known, traceId };
  }
}
