import { createHash } from 'node:crypto';

/** The bytes of a file as part of the state: named by their hash, shared by all records that hold them. */
export interface FileContent {
  /** SHA-256 in lower-case hex. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  /** Never written to after this object was made. */
  readonly bytes: Uint8Array;
}

/** Takes bytes into the state. The caller gives them away and does not write to them again. */
export function fileContent(bytes: Uint8Array): FileContent {
  return { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.byteLength, bytes };
}
