import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barChart, barColours, mostBars } from '../../../src/testtrack/reports/chart.ts';
import { pngOf } from '../../../src/testtrack/reports/png.ts';
import { readPng } from '../../support/png-file.ts';

/** How high the bar of a colour stands, in pixels. */
function heightOf(counts: readonly number[], at: number): number {
  const picture = readPng(pngOf(barChart(counts)));
  const middle = 56 + at * 34 + 17;
  const rows = Array.from({ length: picture.height }, (_, y) => picture.colourAt(middle, y));
  return rows.filter((colour) => colour === barColours[at % barColours.length]).length;
}

test('a chart is a PNG file whose bars are as high as the counts', () => {
  const counts = [10, 5, 0, 20];
  expect(counts.map((_, at) => heightOf(counts, at))).toEqual([110, 55, 0, 220]);
});

test('a chart of nothing is a picture with axes only', () => {
  const { width, height, colourAt } = readPng(pngOf(barChart([])));
  expect([width, height, colourAt(200, 244), colourAt(200, 100)]).toEqual([360, 270, '#333333', '#ffffff']);
});

test('a chart shows no more bars than anybody can tell apart', () => {
  const many = Array.from({ length: mostBars + 50 }, () => 3);
  expect(pngOf(barChart(many))).toEqual(pngOf(barChart(many.slice(0, mostBars))));
});

test('any counts make a whole picture, and the same counts the same bytes', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 2_000_000 }), { maxLength: 30 }), (counts) => {
      const file = pngOf(barChart(counts));
      expect(readPng(file).width).toBe(Math.max(360, 72 + 34 * counts.length));
      expect(pngOf(barChart(counts))).toEqual(file);
    }),
    { numRuns: 30 },
  );
});
