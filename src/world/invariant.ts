/**
 * Guards an assumption of ours. It fails only through a mistake in Twintrack itself, never through input:
 * what comes from outside is checked at the door and answered with a ProductFault or a readable problem.
 *
 * @throws Error naming the broken assumption
 */
export function invariant(condition: unknown, assumption: string): asserts condition {
  if (!condition) throw new Error(`Assumption broken: ${assumption}`);
}
