import type { PartFile } from '../clone/part-file.ts';

const DATA = 'm-pFileData';
const TABLE = 'File';

type Members = Readonly<Record<string, unknown>>;

/**
 * The bytes of attachments, which some answers have and others of the same record have not: they are kept by the record ID
 * of the attachment, apart from the records.
 */
export class SeenFiles {
  readonly #part: PartFile;

  constructor(part: PartFile) {
    this.#part = part;
  }

  /** The value of an answer without the bytes in it, which are kept. */
  taken(value: unknown): unknown {
    return changedFiles(value, (file, id) => {
      const { [DATA]: bytes, ...rest } = file;
      if (!Buffer.isBuffer(bytes) || bytes.length === 0) return file;
      if (!this.#part.has(TABLE, id)) this.#part.put(TABLE, id, bytes);
      return rest;
    });
  }

  /** The same value with all bytes that were seen of its attachments. */
  given(value: unknown): unknown {
    return changedFiles(value, (file, id) => {
      const bytes = this.#part.get(TABLE, id);
      return bytes === undefined ? file : { ...file, [DATA]: bytes };
    });
  }
}

/** A value with something else in the place of each attachment in it. */
function changedFiles(value: unknown, change: (file: Members, id: number) => Members): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map((each) => changedFiles(each, change));
  const members = value as Members;
  const id = Number(members['m-recordid'] ?? 0);
  if (id > 0) return change(members, id);
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [name, changedFiles(member, change)]),
  );
}
