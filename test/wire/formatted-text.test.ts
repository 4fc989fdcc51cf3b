import { describe, expect, test } from 'vitest';
import type { CFileAttachment, CStringField } from '../../src/testtrack/model/operation-types.generated.ts';
import { faultOf } from '../support/soap-client.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const html = '<p>Some <strong>text</strong> here</p>';
const { tt, logOn } = await twinWith([
  {
    name: 'Project',
    users: people,
    groups: [noSoap],
    customFields: {
      Defect: [{ name: 'Analysis', type: 'multiline' }],
      Requirement: [{ name: 'Rationale', type: 'multiline' }],
    },
    workflows: {
      Defect: {
        states: [{ name: 'Open' }],
        events: [{ name: 'Comment', fields: [{ name: 'Details', type: 'multiline' }] }],
      },
    },
    defects: [
      { summary: 'plain', workaround: 'one\r\ntwo' },
      { summary: 'markup', workaround: 'use <b> & &amp;' },
    ],
    requirements: [
      { type: 'Business Requirement', summary: 'formatted', description: { html } },
      {
        type: 'Business Requirement',
        summary: 'pictured',
        description: {
          html: '<p>Before <img src="shot.png" /> after</p>',
          images: [{ name: 'shot.png', base64: 'iVBORw0KGgo=' }],
        },
      },
    ],
    requirementDocuments: [{ name: 'document', description: { html: '<h1>Title</h1><p>body</p>' } }],
  },
]);

async function logOnFormatted(): Promise<number> {
  const cookie = await logOn();
  await tt.formattedTextSupport({ cookie, enableFormattedText: true });
  return cookie;
}
const requirement = (cookie: number, summary: string) => tt.getRequirement({ cookie, summary });
async function saveRequirement(cookie: number, summary: string, change: object) {
  const before = await tt.editRequirement({ cookie, summary });
  await tt.saveRequirement({ cookie, pRequirement: { ...before, ...change } });
  return requirement(cookie, summary);
}
const picture: CFileAttachment = {
  'm-strFileName': 'new.png',
  'm-pFileData': Buffer.from([137, 80, 78, 71]),
};

describe('a session', () => {
  test('has plain text until it asks for formatted text, and is told what it has', async () => {
    const cookie = await logOn();
    expect((await requirement(cookie, 'formatted')).description).toBe('Some text here');
    expect(await tt.formattedTextSupport({ cookie, enableFormattedText: true })).toBe(true);
    expect((await requirement(cookie, 'formatted')).description).toBe(html);
    expect(await tt.formattedTextSupport({ cookie, enableFormattedText: false })).toBe(false);
    expect((await requirement(cookie, 'formatted')).description).toBe('Some text here');
  });

  test('does not change what other sessions see', async () => {
    await logOnFormatted();
    expect((await requirement(await logOn(), 'formatted')).description).toBe('Some text here');
  });

  test('sees every multi-line field its way, custom fields and documents too', async () => {
    const plain = await logOn();
    const cookie = await logOnFormatted();
    const field: CStringField = { $type: 'CStringField', name: 'Analysis', value: '<p>a</p><p><i>b</i></p>' };
    const pDefect = {
      summary: 'new',
      workaround: html,
      reportedbylist: [{ comments: html, reproducedsteps: html, otherhardwaresoftware: html, showorder: 1 }],
      customFieldList: [field],
    };
    const recordID = await tt.addDefect({ cookie, pDefect });
    expect(await tt.getDefectByRecordID({ cookie, recordID })).toMatchObject(pDefect);
    const text = 'Some text here';
    expect(await tt.getDefectByRecordID({ cookie: plain, recordID })).toMatchObject({
      workaround: text,
      reportedbylist: [{ comments: text, reproducedsteps: text, otherhardwaresoftware: text }],
      customFieldList: [{ value: 'a\r\nb', isMultilineString: true, containsFormatting: true }],
    });
    const document = (of: number) => tt.getRequirementDocument({ cookie: of, name: 'document' });
    expect((await document(plain)).description).toBe('Title\r\nbody');
    expect((await document(cookie)).description).toBe('<h1>Title</h1><p>body</p>');
  });
});

describe('writing with formatted text', () => {
  test('keeps the formatting, but nothing that could act', async () => {
    const cookie = await logOnFormatted();
    const description =
      '<p onclick="x()">a<script>alert(1)</script> <b>b</b> <a href="javascript:x()">c</a></p>';
    const saved = await saveRequirement(cookie, 'formatted', { description });
    expect(saved.description).toBe('<p>a <b>b</b> <a>c</a></p>');
    expect((await requirement(await logOn(), 'formatted')).description).toBe('a b c');
  });

  test('keeps text without any tags as plain text, to the letter', async () => {
    const cookie = await logOnFormatted();
    const description = '  a < b & c > d\r\n\ttab ';
    expect((await saveRequirement(cookie, 'formatted', { description })).description).toBe(description);
    expect((await requirement(await logOn(), 'formatted')).description).toBe(description);
  });

  test('reads entities as characters', async () => {
    const cookie = await logOnFormatted();
    await saveRequirement(cookie, 'formatted', { description: 'AT&amp;T &#233;' });
    expect((await requirement(await logOn(), 'formatted')).description).toBe('AT&T é');
  });

  test('changes nothing when what was shown is sent back', async () => {
    const cookie = await logOnFormatted();
    for (const summary of ['formatted', 'pictured']) {
      const before = await requirement(cookie, summary);
      expect((await saveRequirement(cookie, summary, {})).description).toBe(before.description);
    }
  });

  test('of tangled HTML is refused with 23, and nothing changes', async () => {
    const cookie = await logOnFormatted();
    const description = '<b>'.repeat(10_000) + '</i>'.repeat(10_000);
    expect((await faultOf(saveRequirement(cookie, 'formatted', { description }))).detail).toBe('23');
    expect((await requirement(cookie, 'formatted')).description).toBe(html);
  });
});

describe('plain text in a formatted session', () => {
  test('is shown as it is when it means the same', async () => {
    const cookie = await logOnFormatted();
    expect((await tt.getDefect({ cookie, summary: 'plain' })).workaround).toBe('one\r\ntwo');
  });

  test('is shown escaped when it would mean something else as HTML', async () => {
    const cookie = await logOnFormatted();
    const shown = (await tt.getDefect({ cookie, summary: 'markup' })).workaround;
    expect(shown).toBe('<p>use &lt;b&gt; &amp; &amp;amp;</p>');
    const before = await tt.editDefect({ cookie, summary: 'markup' });
    await tt.saveDefect({ cookie, pDefect: { ...before, workaround: `${shown}<p>more</p>` } });
    const plain = await tt.getDefect({ cookie: await logOn(), summary: 'markup' });
    expect(plain.workaround).toBe('use <b> & &amp;\r\nmore');
  });
});

describe('writing in plain mode', () => {
  test('removes all formatting', async () => {
    const cookie = await logOn();
    await saveRequirement(cookie, 'formatted', { description: 'Some other text' });
    expect((await requirement(await logOnFormatted(), 'formatted')).description).toBe('Some other text');
  });

  test('removes it also when the text is sent as it was shown', async () => {
    const cookie = await logOn();
    await saveRequirement(cookie, 'formatted', {});
    expect((await requirement(await logOnFormatted(), 'formatted')).description).toBe('Some text here');
  });

  test('leaves the formatting alone when the member is not sent', async () => {
    const cookie = await logOn();
    await saveRequirement(cookie, 'formatted', { description: undefined });
    expect((await requirement(await logOnFormatted(), 'formatted')).description).toBe(html);
  });

  test('takes tags for text', async () => {
    const cookie = await logOn();
    const saved = await saveRequirement(cookie, 'formatted', { description: '<b>a</b>' });
    expect(saved.description).toBe('<b>a</b>');
    expect((await requirement(await logOnFormatted(), 'formatted')).description).toBe(
      '<p>&lt;b&gt;a&lt;/b&gt;</p>',
    );
  });

  test('keeps the pictures and moves them to the end', async () => {
    const cookie = await logOn();
    const saved = await saveRequirement(cookie, 'pictured', { description: 'Before and after' });
    const [image] = saved.descriptionInlineAttachList ?? [];
    expect(image?.['m-strFileName']).toBe('shot.png');
    expect((await requirement(await logOnFormatted(), 'pictured')).description).toBe(
      `<p>Before and after</p><p><img src="${image?.['m-strArchiveName']}" /></p>`,
    );
  });
});

describe('a picture', () => {
  test('is named by its archive name once it is stored', async () => {
    const { description, descriptionInlineAttachList } = await requirement(
      await logOnFormatted(),
      'pictured',
    );
    const name = descriptionInlineAttachList?.[0]?.['m-strArchiveName'];
    expect(description).toBe(`<p>Before <img src="${name}" /> after</p>`);
  });

  test('that is new is named by its file', async () => {
    const cookie = await logOnFormatted();
    const saved = await saveRequirement(cookie, 'formatted', {
      description: '<p>Look: <img src="new.png"></p>',
      descriptionInlineAttachList: [picture],
    });
    const [image] = saved.descriptionInlineAttachList ?? [];
    expect(saved.description).toBe(`<p>Look: <img src="${image?.['m-strArchiveName']}" /></p>`);
    expect((await requirement(await logOn(), 'formatted')).description).toBe('Look:');
  });

  test('comes with its content when that is asked for, and by getAttachment', async () => {
    const cookie = await logOn();
    const { recordid, descriptionInlineAttachList } = await tt.getRequirement({
      cookie,
      summary: 'pictured',
      bDownloadAttachments: true,
    });
    const [image] = descriptionInlineAttachList ?? [];
    expect(image?.['m-pFileData']?.toString('base64')).toBe('iVBORw0KGgo=');
    const pszArchiveName = image?.['m-strArchiveName'] ?? '';
    const wanted = { cookie, tablename: 'Requirement', recordID: recordid ?? 0, pszArchiveName };
    expect(await tt.getAttachment(wanted)).toEqual(image);
  });

  test('without content is refused with 23', async () => {
    const cookie = await logOnFormatted();
    const change = { descriptionInlineAttachList: [{ 'm-strFileName': 'empty.png' }] };
    expect((await faultOf(saveRequirement(cookie, 'formatted', change))).detail).toBe('23');
  });

  test('of a custom field counts as formatting', async () => {
    const cookie = await logOn();
    const field = {
      $type: 'CStringField',
      name: 'Rationale',
      value: 'see',
      inlineAttachmentList: [picture],
    } as const;
    const { customFieldList } = await saveRequirement(cookie, 'formatted', { customFieldList: [field] });
    expect(customFieldList?.[0]).toMatchObject({ value: 'see', containsFormatting: true });
  });
});

test('a custom field with paragraphs alone does not contain formatting', async () => {
  const cookie = await logOnFormatted();
  const field = { $type: 'CStringField', name: 'Rationale', value: '<p>a<br />b</p>' } as const;
  const { customFieldList } = await saveRequirement(cookie, 'formatted', { customFieldList: [field] });
  expect(customFieldList?.[0]).toMatchObject({ value: '<p>a<br />b</p>', containsFormatting: false });
});

test('a multi-line field of an event holds plain text in every session', async () => {
  const cookie = await logOnFormatted();
  const before = await tt.editDefect({ cookie, summary: 'plain' });
  const details: CStringField = { $type: 'CStringField', name: 'Details', value: '<b>not bold</b>' };
  await tt.saveDefect({
    cookie,
    pDefect: { ...before, eventlist: [{ name: 'Comment', fieldlist: [details] }] },
  });
  for (const session of [cookie, await logOn()]) {
    const { eventlist } = await tt.getDefect({ cookie: session, summary: 'plain' });
    expect(eventlist?.[0]?.fieldlist?.[0]).toMatchObject({
      value: '<b>not bold</b>',
      containsFormatting: false,
    });
  }
});
