import type { Draft } from '../../world/draft.ts';
import { suites } from '../model/definitions.ts';
import { installationScope, suiteScope } from '../model/installation.ts';
import { type Attachment, noteEntries } from '../model/test-run.ts';
import type { PageAnswer } from './page.ts';

/** `run/attachment/<id>`: the bytes of an attachment, to be saved and never to be shown by the browser. */
export function attachmentPage(draft: Draft, id: string): PageAnswer {
  const attachment = attachmentWith(draft, id);
  if (!attachment) {
    return { status: 404, headers: { 'Content-Type': 'text/plain' }, body: 'There is no such attachment.\n' };
  }
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; ${fileNameParameters(attachment.name)}`,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
    },
    body: attachment.content.bytes,
  };
}

function attachmentWith(draft: Draft, id: string): Attachment | undefined {
  for (const { name } of draft.table(suites, installationScope).values()) {
    const [entry] = draft.table(noteEntries, suiteScope(name)).findBy('attachment', id);
    if (entry?.attachment) return entry.attachment;
  }
  return undefined;
}

/** A name as quoted data: what is not plain ASCII comes percent-encoded beside a stand-in, never as it is. */
function fileNameParameters(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/gu, '_');
  const wellFormed = Buffer.from(name).toString();
  const encoded = encodeURIComponent(wellFormed).replace(/['()*!]/g, (mark) => {
    return `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  return plain === name ? `filename="${plain}"` : `filename="${plain}"; filename*=UTF-8''${encoded}`;
}
