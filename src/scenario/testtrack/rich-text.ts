import { z } from 'zod';
import type { LazyPath } from '../../input/path.ts';
import type { RichText } from '../../testtrack/model/item-record.ts';
import { formattedText, plainText } from '../../testtrack/rules/rich-text.ts';
import type { Instant } from '../../world/instant.ts';
import { attachmentsFrom } from './events.ts';
import { fileSchema } from './parts.ts';
import { type ProjectSeed, placed } from './project-seed.ts';

/** A multi-line text in a scenario: plain text, or HTML with the pictures it names by file. */
export const richTextSchema = z.union([
  z.string(),
  z.strictObject({ html: z.string(), images: z.array(fileSchema).optional() }),
]);

export type RichTextSection = z.output<typeof richTextSchema>;

/** A multi-line text by the rules that a client's text goes through. */
export function richTextFrom(
  seed: ProjectSeed,
  section: RichTextSection | undefined,
  { createdAt, at }: { createdAt: Instant; at: LazyPath },
): RichText {
  if (typeof section !== 'object') return plainText(section ?? '');
  const images = attachmentsFrom(seed, section.images, { createdAt, at: () => [...at(), 'images'] });
  return placed(
    () => [...at(), 'html'],
    () => formattedText(section.html, images),
  );
}
