import type { Picture } from './png.ts';

/** The colours of the bars, one after the other and again from the start. */
export const barColours = [
  '#4e79a7',
  '#f28e2b',
  '#59a14f',
  '#e15759',
  '#76b7b2',
  '#edc948',
  '#b07aa1',
  '#9c755f',
  '#ff9da7',
  '#bab0ac',
] as const;

const palette = ['#ffffff', '#333333', '#d9d9d9', ...barColours];
const [paper, ink, grid, firstBar] = [0, 1, 2, 3];

/** More bars than this nobody could tell apart; the page says when there are more values. */
export const mostBars = 100;

const margin = { left: 56, right: 16, top: 24, bottom: 26 };
const plotHeight = 220;
const slot = 34;
const barWidth = 22;
const leastWidth = 360;
const mostTicks = 5;

/**
 * A bar for each count, in order: its number stands under it and the count above it. Which value has which number
 * is for the page to say, in letters that a browser draws better.
 */
export function barChart(counts: readonly number[]): Picture {
  const shown = counts.slice(0, mostBars);
  const width = Math.max(leastWidth, margin.left + shown.length * slot + margin.right);
  const height = margin.top + plotHeight + margin.bottom;
  const canvas = new Canvas(width, height);
  const floor = margin.top + plotHeight;
  const step = tickStep(Math.max(1, ...shown));
  const top = step * Math.ceil(Math.max(1, ...shown) / step);
  const heightOf = (count: number) => Math.round((count / top) * plotHeight);
  for (let tick = 0; tick <= top; tick += step) {
    const y = floor - heightOf(tick);
    canvas.fill({ x: margin.left, y, width: width - margin.left - margin.right, height: 1 }, grid);
    canvas.number(tick, { right: margin.left - 6, y: y - digitHeight / 2 });
  }
  for (const [at, count] of shown.entries()) {
    const x = margin.left + at * slot + (slot - barWidth) / 2;
    const bar = { x, y: floor - heightOf(count), width: barWidth, height: heightOf(count) };
    canvas.fill(bar, firstBar + (at % barColours.length));
    canvas.number(count, { middle: x + barWidth / 2, y: bar.y - digitHeight - 3 });
    canvas.number(at + 1, { middle: x + barWidth / 2, y: floor + 8 });
  }
  canvas.fill({ x: margin.left, y: floor, width: width - margin.left - margin.right, height: 1 }, ink);
  return { width, height, pixels: canvas.pixels, palette };
}

/** How far the lines are apart: 1, 2 or 5 of some power of ten, so that there are few of them. */
function tickStep(highest: number): number {
  for (let power = 1; ; power *= 10) {
    for (const step of [power, 2 * power, 5 * power]) if (highest / step <= mostTicks) return step;
  }
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a number stands: by its right end or by its middle. */
type Place = { readonly y: number } & ({ readonly right: number } | { readonly middle: number });

/** Three columns by five rows each, a row after the other from the top. */
const digits = [
  '111101101101111',
  '010110010010111',
  '111001111100111',
  '111001111001111',
  '101101111001001',
  '111100111001111',
  '111100111101111',
  '111001010010010',
  '111101111101111',
  '111101111001111',
] as const;
const dot = 2;
const digitWidth = 4 * dot;
const digitHeight = 5 * dot;

class Canvas {
  readonly pixels: Uint8Array;

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {
    this.pixels = new Uint8Array(width * height).fill(paper);
  }

  fill({ x, y, width, height }: Box, colour: number): void {
    for (let row = Math.max(0, y); row < Math.min(this.height, y + height); row += 1) {
      const start = row * this.width;
      this.pixels.fill(colour, start + Math.max(0, x), start + Math.min(this.width, x + width));
    }
  }

  number(value: number, place: Place): void {
    const text = String(value);
    const width = text.length * digitWidth - dot;
    const left = 'right' in place ? place.right - width : Math.round(place.middle - width / 2);
    for (const [at, digit] of [...text].entries()) {
      this.digit(Number(digit), left + at * digitWidth, Math.round(place.y));
    }
  }

  private digit(digit: number, left: number, top: number): void {
    for (const [at, isSet] of [...(digits[digit] ?? '')].entries()) {
      if (isSet !== '1') continue;
      const box = { x: left + (at % 3) * dot, y: top + Math.floor(at / 3) * dot, width: dot, height: dot };
      this.fill(box, ink);
    }
  }
}
