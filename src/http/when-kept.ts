import type { HostedWorld } from '../worlds/hosted-world.ts';

/**
 * Lets an answer go out when nothing that it shows can be lost any more: what a call changed is acknowledged only when
 * it is on the disk, and what it read may have been changed a moment before. At once for a world that nobody keeps, and
 * when nothing is on its way.
 *
 * @param send what it throws goes to `refuse`, but only when it had to wait; when it gives a promise, what that is
 * rejected with always does
 * @param refuse is given `NotKeptError` when it was lost and undone
 */
export function whenKept(
  { runner }: HostedWorld,
  send: () => unknown,
  refuse: (error: unknown) => void,
): void {
  const kept = runner.kept();
  if (kept !== undefined) {
    kept.then(send, refuse).catch(refuse);
    return;
  }
  const sent = send();
  if (sent instanceof Promise) sent.catch(refuse);
}
