import path from 'node:path';
import { expect, test } from 'vitest';
import { wayBelow } from '../../src/input/below.ts';

test.each([
  ['C:\\tools\\twintrack.exe\\scenarios\\demo.yaml', 'scenarios/demo.yaml'],
  ['c:\\Tools\\twintrack.exe\\package.json', 'package.json'],
  ['C:/tools/twintrack.exe/wsdl/a.wsdl', 'wsdl/a.wsdl'],
  ['C:\\tools\\twintrack.exe', undefined],
  ['C:\\tools\\twintrack.exe.yaml', undefined],
  ['C:\\tools\\mine.yaml', undefined],
  ['D:\\tools\\twintrack.exe\\package.json', undefined],
  ['\\\\server\\share\\twintrack.exe\\package.json', undefined],
])('on Windows %s is %s in the executable', (file, way) => {
  expect(wayBelow('C:\\tools\\twintrack.exe', file, path.win32)).toBe(way);
});

test.each([
  ['C:\\scenarios\\logs\\first.txt', 'logs/first.txt'],
  ['C:\\Scenarios\\..\\scenarios\\..first.txt', '..first.txt'],
  ['C:\\scenarios', undefined],
  ['C:\\scenarios\\..\\secret.txt', undefined],
  ['C:\\scenarios-secret\\a.txt', undefined],
  ['C:\\', undefined],
  ['D:\\scenarios\\a.txt', undefined],
])('on Windows %s is %s below the folder of a scenario', (file, way) => {
  expect(wayBelow('c:\\scenarios', file, path.win32)).toBe(way);
});

test.each([
  ['/data/a/b', 'a/b'],
  ['/data/..a', '..a'],
  ['/data', undefined],
  ['/data-secret/a', undefined],
  ['/', undefined],
])('elsewhere %s is %s below a folder', (file, way) => {
  expect(wayBelow('/data', file, path.posix)).toBe(way);
});
