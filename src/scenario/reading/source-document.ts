import type { PathStep } from '../../input/path.ts';
import type { KnownText } from './known-texts.ts';
import type { SourcePosition } from './position.ts';

/** The text of one file, read but not checked. */
export interface SourceDocument {
  readonly file: string;
  readonly data: unknown;
  /** What is known of the text, and where the check is noted; only of one that is kept. */
  readonly known?: KnownText | undefined;
  /** Characters in the text. */
  readonly size: number;
  /** How many steps of the path exist in this file. */
  depthOf(path: readonly PathStep[]): number;
  /** Where the path leads, or its deepest step that exists: its key, or its value. */
  positionOf(path: readonly PathStep[], part: 'key' | 'value'): SourcePosition;
}
