import type { Instant } from '../../world/instant.ts';

/** A Word document as a value: what it says, not yet as bytes. */
export interface WordDocument {
  readonly title: string;
  readonly author: string;
  readonly madeAt: Instant;
  /** Made while the file is written: there may be very many. */
  readonly blocks: Iterable<Block>;
}

export type HeadingLevel = 1 | 2 | 3 | 4 | 5 | 6;

/** What a field of a record is called, and what it holds. */
export interface FieldText {
  readonly label: string;
  readonly text: string;
}

/** A part of a document. Texts may hold several lines. */
export type Block =
  | { readonly kind: 'heading'; readonly level: HeadingLevel; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'fields'; readonly fields: readonly FieldText[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: Iterable<readonly string[]>;
    };

/** A heading; Word has six levels, what is deeper stays at the last. */
export function heading(level: number, text: string): Block {
  return { kind: 'heading', level: Math.min(6, Math.max(1, level)) as HeadingLevel, text };
}
