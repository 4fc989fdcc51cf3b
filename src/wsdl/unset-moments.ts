/** `new DateTime()` of .NET, in whatever zone, and the day of it. */
const ofDotNet = /^0001-01-01(?:T00:00:00(?:\.0+)?(?:Z|[+-]\d\d:\d\d)?)?$/;
/** The first moment of Java's and of C's clock without a zone, and the day of it. */
const ofEpoch = /^1970-01-01(?:T00:00:00(?:\.0+)?)?$/;
const zoned = /T.*(?:Z|[+-]\d\d:\d\d)$/;

/**
 * Whether a day or a moment is what a platform sends for one that was never set: `0001-01-01T00:00:00` of .NET, whose
 * proxies send a member that must be there and every moment of the older ones, and the first moment of 1970 of Java and
 * of C++ with gSOAP, in which an absent `time_t` is 0. One rule for all members: it counts as not sent. Stored, an event
 * with it would come before all others and decide nothing. [inferred]
 *
 * @param moment `YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ss` with an optional fraction and zone
 */
export function isUnset(moment: string): boolean {
  if (moment.startsWith('0001')) return ofDotNet.test(moment);
  // In zones west of Greenwich it still is 1969.
  if (!moment.startsWith('1970') && !moment.startsWith('1969')) return false;
  return ofEpoch.test(moment) || (zoned.test(moment) && Date.parse(moment) === 0);
}
