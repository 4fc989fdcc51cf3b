import sea from 'node:sea';
import vm from 'node:vm';
import { moduleText, programName } from '../package/module-text.ts';
import type { Packed } from '../package/packed-files.ts';
import { PackedModules } from '../package/packed-modules.ts';

/**
 * The first file of the executable that `npm run package` makes: the launcher's work with files that lie in the
 * executable itself. Nothing is unpacked.
 */
const packed: Packed = {
  names: JSON.parse(sea.getAsset('names.json', 'utf8')) as string[],
  // The bytes as they were mapped with the executable, without a copy.
  bytes: (name) => Buffer.from(sea.getRawAsset(name) as ArrayBuffer),
};

const program = 'dist/cli/program.cjs';
const record = `${program}.cache`;
const cachedData = packed.names.includes(record) ? packed.bytes(record) : undefined;
const script = new vm.Script(moduleText(packed.bytes(program).toString('latin1')), {
  filename: programName,
  ...(cachedData && { cachedData }),
});
new PackedModules(packed, process.execPath).run(program, script);
