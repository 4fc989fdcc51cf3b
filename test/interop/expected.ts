import type { AnyCField, CDefect } from '../../src/testtrack/model/operation-types.generated.ts';

/** A custom field as the programs show it: its class and its value in plain JSON. */
export interface FieldView {
  readonly type: string | undefined;
  readonly value: unknown;
}

/** A defect as the programs show it. Moments are in UTC. */
export interface DefectView {
  readonly recordid: number;
  readonly number: number;
  readonly summary: string;
  readonly priority: string;
  readonly workaround: string;
  readonly description: string;
  readonly entered: string;
  readonly created: string;
  readonly files: readonly string[];
  /** Name, notes and moment of each. */
  readonly events: readonly (readonly [string, string, string])[];
  readonly fields: Readonly<Record<string, FieldView>>;
}

/** Defect 11 of the scenario. */
export const original: DefectView = {
  recordid: 311,
  number: 11,
  summary: 'Umlauts disappear from the title – "Änderung" reads "nderung"',
  priority: 'Low',
  workaround: 'Line one\r\n  Line two is indented\r\nLine three: 1 < 2 && ]]> ends nothing',
  description: 'Grüße aus Zürich, 東京 and 😀\r\nAll of them show as "?"',
  entered: '2026-02-27',
  created: '2026-02-27T20:05:09Z',
  files: ['Übersicht.txt'],
  events: [['Comment', 'Seen by two customers\r\nBoth on Linux', '2026-02-28T09:00:00Z']],
  fields: {
    Nickname: { type: 'CStringField', value: 'Tüpfel & Söhne' },
    'Release text': { type: 'CStringField', value: 'First line\r\nSecond line <b>not bold</b>' },
    Retries: { type: 'CIntegerField', value: -7 },
    Cost: { type: 'CDecimalField', value: 1234.5 },
    'Customer visible': { type: 'CBooleanField', value: true },
    'Promised on': { type: 'CDateField', value: '2026-04-01' },
    'Last seen': { type: 'CDateTimeField', value: '2026-02-27T19:45:00Z' },
    Build: { type: 'CVersionField', value: '5.2.1 (beta)' },
    'Time lost': { type: 'CTimespanField', value: { value: 2.5, unit: 'Hours' } },
    Prüfer: { type: 'CDropdownField', value: 'Jäger' },
    Platforms: { type: 'CMultiSelectDropdownField', value: ['Linux', 'Haiku'] },
  },
};

/** What the programs read on their standard input: the values that they are to give defect 11. */
export const wanted = {
  summary: 'Ärger & <Freude> – 東京 😀',
  workaround: 'Zeile 1\r\n\tZeile 2 ]]> & mehr\r\n',
  notes: 'Zwei Zeilen\r\nmit Umlauten: äöü',
  file: 'Übersicht 2.bin',
  fields: {
    Nickname: 'Neu „x“',
    'Release text': 'A\r\nB',
    Retries: 42,
    Cost: -0.125,
    'Customer visible': false,
    'Promised on': '2027-12-31',
    'Last seen': '2026-03-01T12:00:00Z',
    Build: '6.0',
    'Time lost': { value: 1.25, unit: 'Days' },
    Prüfer: 'Weiß',
    Platforms: ['Windows', 'macOS'],
  } as Readonly<Record<string, unknown>>,
};

/** The same as arguments, for languages that read no JSON of their own: four texts, then names and values in pairs. */
export function wantedAsArguments(): string[] {
  const { summary, workaround, notes, file, fields } = wanted;
  return [
    summary,
    workaround,
    notes,
    file,
    ...Object.entries(fields).flatMap(([name, value]) => [name, asText(value)]),
  ];
}

function asText(value: unknown): string {
  if (Array.isArray(value)) return value.join(';');
  return typeof value === 'object' && value !== null ? Object.values(value).join(' ') : String(value);
}

/** Defect 11 after the first save, which changes the priority and nothing else. */
export const saved: DefectView = { ...original, priority: 'Immediate' };

/** Defect 11 after the second save. */
export const changed: DefectView = {
  ...saved,
  summary: wanted.summary,
  workaround: wanted.workaround,
  files: [...original.files, wanted.file],
  events: [...original.events, ['Comment', wanted.notes, '2026-03-02T14:30:00Z']],
  fields: Object.fromEntries(
    Object.entries(original.fields).map(([name, { type }]) => [name, { type, value: wanted.fields[name] }]),
  ),
};

/** A defect as clients of a generation see it: in 2013 there was no day of entry, and there were no time spans. */
export function seenIn(generation: '2013' | undefined, view: DefectView): DefectView {
  if (generation === undefined) return view;
  const fields = Object.entries(view.fields).filter(([, { type }]) => type !== 'CTimespanField');
  return { ...view, entered: '', fields: Object.fromEntries(fields) };
}

/** A defect of our own client in the form the programs show. */
export function viewOf(defect: CDefect): DefectView {
  const report = defect.reportedbylist?.[0];
  return {
    recordid: Number(defect.recordid),
    number: Number(defect.defectnumber),
    summary: defect.summary ?? '',
    priority: defect.priority ?? '',
    workaround: defect.workaround ?? '',
    description: report?.comments ?? '',
    entered: defect.dateentered ?? '',
    created: moment(defect.datetimecreated),
    files: (report?.attachmentlist ?? []).map((file) => file['m-strFileName'] ?? ''),
    events: (defect.eventlist ?? []).map(({ name, notes, date }) => [name ?? '', notes ?? '', moment(date)]),
    fields: Object.fromEntries(
      (defect.customFieldList ?? []).map((field) => [field.name, viewOfField(field)]),
    ),
  };
}

function viewOfField(field: AnyCField): FieldView {
  return { type: field.$type, value: plainValue(field) };
}

function plainValue(field: AnyCField): unknown {
  switch (field.$type) {
    case 'CMultiSelectDropdownField':
      return (field.values ?? []).map(({ value }) => value);
    case 'CTimespanField':
      return { value: field.value, unit: field.unit };
    case 'CDateTimeField':
      return moment(field.value);
    case 'CDateField':
      return field.value?.slice(0, 10);
    default:
      return 'value' in field ? field.value : undefined;
  }
}

function moment(text: string | undefined): string {
  return new Date(text ?? Number.NaN).toISOString().replace('.000Z', 'Z');
}
