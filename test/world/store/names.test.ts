import { expect, test } from 'vitest';
import { droppedName, isDraft, isDropped, worldFolder, worldNumber } from '../../../src/world/store/names.ts';

test.each(['main', 'CON', 'nul.txt', 'trailing.', 'dots...', 'Nightly', 'nightly', 'a.b-c_d'])(
  'the folder of a world called %s has a name that Windows takes as it is',
  (name) => {
    const folder = worldFolder(12, name);
    // No device of Windows, nothing at the end that it leaves out, nothing told apart by capitals alone.
    expect(folder).toMatch(/^000012-[a-z0-9._-]*[^. ]$/);
    expect(worldNumber(folder)).toBe(12);
    expect(isDropped(droppedName(folder))).toBe(true);
  },
);

test('the draft of the note of a world is left alone while its folder is tidied, because it may just be written', () => {
  expect(['.manifest-000001.json.tmp', '..0001.json.tmp.tmp'].map(isDraft)).toEqual([true, true]);
  expect(['.world.json.tmp', '..world.json.tmp.tmp', 'world.json'].map(isDraft)).toEqual([
    false,
    false,
    false,
  ]);
});
