/**
 * Values of a SOAP message as JSON and back: bytes are `{"$bytes": base64}`, an xsd:long beyond the safe integers is
 * `{"$long": digits}`, and a double that JSON has no number for is `{"$double": "NaN"}`.
 */
export function valueToJson(value: unknown): string {
  if (!holdsOwnForm(value)) return JSON.stringify(value);
  return JSON.stringify(value, function (this: Record<string, unknown>, name, member) {
    const given = this[name];
    if (Buffer.isBuffer(given)) return { $bytes: given.toString('base64') };
    if (typeof given === 'bigint') return { $long: String(given) };
    if (typeof given === 'number' && !Number.isFinite(given)) return { $double: String(given) };
    return member;
  });
}

function holdsOwnForm(value: unknown): boolean {
  if (typeof value === 'bigint') return true;
  if (typeof value === 'number') return !Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return false;
  return Buffer.isBuffer(value) || Object.values(value).some(holdsOwnForm);
}

/** A value that JSON has no form for; most texts have none, and are read several times as fast without a look at each member. */
const ownForm = /"\$(?:bytes|long|double)"/;

/** Reads what `valueToJson` wrote. @throws SyntaxError */
export function valueFromJson(json: string): unknown {
  if (!ownForm.test(json)) return JSON.parse(json);
  return JSON.parse(json, (_, member) => {
    if (typeof member !== 'object' || member === null) return member;
    if (typeof member.$bytes === 'string') return Buffer.from(member.$bytes, 'base64');
    if (typeof member.$long === 'string' && /^-?\d{1,20}$/.test(member.$long)) return BigInt(member.$long);
    if (typeof member.$double === 'string') return Number(member.$double);
    return member;
  });
}
