import type { Chance } from '../../src/scenario/generate/chance.ts';

/** Pieces that readers of XML, forms, JSON and YAML stumble over. */
const pieces: readonly string[] = [
  ...[
    '<',
    '>',
    '</',
    '/>',
    '&',
    '&#0;',
    '&#xD800;',
    '&amp',
    '&lt;',
    ']]>',
    '<![CDATA[',
    '<!--',
    '-->',
    '<?x?>',
  ],
  ...[
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    'xsi:nil="true"',
    'href="#1"',
    'id="1"',
    'xmlns:a="b"',
    'xmlns=""',
    '<a:b/>',
  ],
  ...['%', '%00', '%zz', '%ff', '+', '=', '&&', '[]', '[__proto__]', '__proto__', 'constructor', ';'],
  ...[
    '"',
    "'",
    '\\',
    '\\u0000',
    '\\ud800',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    'null',
    'true',
    '1e999',
    '-0',
    '- ',
  ],
  ...[
    '\0',
    '\r\n',
    '\n',
    '\t',
    '\ufeff',
    '\u2028',
    '\u{1f600}',
    '&a',
    '*a',
    '!!js',
    '---',
    '|',
    '>-',
    '<<: *a',
    '#',
  ],
  ...['-1', '99999999999999999999', '2026-02-30', 'NaN', '../../x', '--', 'Content-Disposition: form-data'],
];

/** The same bytes with a few of them changed, taken out, doubled, moved or put in. */
export function mutated(bytes: Buffer, chance: Chance): Buffer {
  let result = bytes;
  for (let count = 1 + chance.below(4); count > 0; count--) result = once(result, chance);
  return result;
}

function once(bytes: Buffer, chance: Chance): Buffer {
  const at = chance.below(bytes.length + 1);
  const length = 1 + chance.below(chance.happens(0.8) ? 8 : 400);
  const [before, span, after] = [
    bytes.subarray(0, at),
    bytes.subarray(at, at + length),
    bytes.subarray(at + length),
  ];
  const rest = bytes.subarray(at);
  switch (chance.below(7)) {
    case 0:
      return Buffer.concat([before, Buffer.of(chance.below(256)), bytes.subarray(at + 1)]);
    case 1:
      return Buffer.concat([before, after]);
    case 2:
      return Buffer.concat([before, span, rest]);
    case 3:
      return Buffer.concat([before, after, span]);
    case 4:
      return chance.happens(0.2) ? before : Buffer.concat([before, Buffer.of(chance.below(256)), rest]);
    default:
      return Buffer.concat([before, Buffer.from(chance.of(pieces)), rest]);
  }
}

/** A text that no program of good will sends. */
export function hostileText(chance: Chance): string {
  if (chance.happens(0.1))
    return chance.of(['x', '<', '&', '(', '\u{1f600}', '[']).repeat(1 + chance.below(3_000));
  return Array.from({ length: 1 + chance.below(3) }, () => chance.of(pieces)).join('');
}
