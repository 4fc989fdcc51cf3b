import { expect, test } from 'vitest';
import { endingSignals } from '../../src/cli/signals.ts';

test('Ctrl+C ends the program everywhere, and what else the system has for it', () => {
  expect(endingSignals('linux')).toEqual(['SIGINT', 'SIGTERM']);
  expect(endingSignals('darwin')).toEqual(['SIGINT', 'SIGTERM']);
  // Ctrl+Break, and the window that was closed.
  expect(endingSignals('win32')).toEqual(['SIGINT', 'SIGBREAK', 'SIGHUP']);
});
