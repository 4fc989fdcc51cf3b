import { expect, test } from 'vitest';
import { commands } from '../../src/aptest/commands/index.ts';
import { fuzz } from '../fuzz/fuzz.ts';
import { SocketShare } from '../fuzz/socket-cases.ts';
import { wsdlModel } from '../support/soap-message.ts';

test('twenty thousand random cases find nothing, and every operation and command is done in some of them', async () => {
  const socket = await SocketShare.open();
  try {
    const { findings, tally } = await fuzz({ seed: 'long', from: 0, to: 20_000, socket });
    expect(findings).toEqual([]);
    const names = [...wsdlModel.operations.keys(), ...commands.map(({ name }) => name)];
    expect(names.filter((name) => (tally.get(name)?.done ?? 0) === 0)).toEqual([]);
  } finally {
    await socket.close();
  }
}, 900_000);
