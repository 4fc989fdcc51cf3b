import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checksum } from '../../src/world/store/checksum.ts';
import { checkedRecords } from '../../src/world/store/format.ts';
import type { Manifest } from '../../src/world/store/manifest.ts';

/** Makes of a data folder, with its worlds, what another version would have written: checkpoints and manifests. */
export function asVersion(folder: string, version: number): void {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((each) => /manifest-\d+\.json$/.test(each))) {
    const file = path.join(folder, name);
    const { checksum: _, ...manifest } = JSON.parse(readFileSync(file, 'utf8')) as Manifest & {
      checksum: string;
    };
    if (version < checkedRecords && manifest.version >= checkedRecords)
      takeChecksumsOut(path.dirname(file), manifest);
    const old = { ...manifest, version };
    writeFileSync(file, JSON.stringify({ ...old, checksum: checksum(JSON.stringify(old)) }));
  }
}

/** Makes the records of checkpoints what they were before each had a checksum. */
function takeChecksumsOut(root: string, { seed, state }: Manifest): void {
  for (const { folder, parts } of [seed.checkpoint, state.checkpoint]) {
    for (const part of parts) {
      const file = path.join(root, folder, part.name);
      // Two manifests have one seed.
      const values = JSON.parse(readFileSync(file, 'utf8')) as unknown[][];
      const records = values.map((record) => JSON.stringify(hasChecksum(record) ? record.slice(1) : record));
      const text = `[\n${records.join(',\n')}\n]\n`;
      writeFileSync(file, text);
      Object.assign(part, { records: undefined, size: Buffer.byteLength(text), checksum: checksum(text) });
    }
  }
}

const hasChecksum = ([first]: readonly unknown[]): boolean => /^[0-9a-f]{8}$/.test(String(first));
