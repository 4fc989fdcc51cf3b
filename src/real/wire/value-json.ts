/**
 * Values of a SOAP message as JSON and back: bytes are `{"$bytes": base64}`, an xsd:long beyond the safe integers is
 * `{"$long": digits}`, and a double that JSON has no number for is `{"$double": "NaN"}`.
 */
export function valueToJson(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, name, member) {
    const given = this[name];
    if (Buffer.isBuffer(given)) return { $bytes: given.toString('base64') };
    if (typeof given === 'bigint') return { $long: String(given) };
    if (typeof given === 'number' && !Number.isFinite(given)) return { $double: String(given) };
    return member;
  });
}

/** Reads what `valueToJson` wrote. @throws SyntaxError */
export function valueFromJson(json: string): unknown {
  return JSON.parse(json, (_, member) => {
    if (typeof member !== 'object' || member === null) return member;
    if (typeof member.$bytes === 'string') return Buffer.from(member.$bytes, 'base64');
    if (typeof member.$long === 'string' && /^-?\d{1,20}$/.test(member.$long)) return BigInt(member.$long);
    if (typeof member.$double === 'string') return Number(member.$double);
    return member;
  });
}
