/**
 * A record may have a member called `__proto__`: the names in it come from clients. A scenario may not, because in
 * JavaScript the name means something else; so an export writes `~__proto__`, and one `~` more before a name that looks
 * like that already.
 */

/** A record as `encoded` wrote it, with every such member under its written name. */
export function withWrittenNames(json: string): string {
  // A quote behind a backslash stands within a text; a text that ends before a colon is a name.
  return json.includes('__proto__":') ? json.replace(/(?<!\\)"(~*)__proto__":/g, '"~$1__proto__":') : json;
}

/** The same value with the members under their own names again; what needs no change is given back as it is. */
export function withOwnNames(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const members = value.map(withOwnNames);
    return members.some((member, at) => member !== value[at]) ? members : value;
  }
  let isChanged = false;
  const members = Object.entries(value).map(([name, member]): [string, unknown] => {
    const own = [/^~+__proto__$/.test(name) ? name.slice(1) : name, withOwnNames(member)] as const;
    if (own[0] !== name || own[1] !== member) isChanged = true;
    return [...own];
  });
  return isChanged ? Object.fromEntries(members) : value;
}
