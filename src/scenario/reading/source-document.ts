import type { PathStep } from '../../input/path.ts';
import type { SourcePosition } from './problem.ts';

/** The text of one file, read but not checked. */
export interface SourceDocument {
  readonly file: string;
  readonly data: unknown;
  /** What the schema makes of the data, when the build checked this very text. */
  readonly checked?: unknown;
  /** Characters in the text. */
  readonly size: number;
  /** How many steps of the path exist in this file. */
  depthOf(path: readonly PathStep[]): number;
  /** Where the path leads, or its deepest step that exists: its key, or its value. */
  positionOf(path: readonly PathStep[], part: 'key' | 'value'): SourcePosition;
}
