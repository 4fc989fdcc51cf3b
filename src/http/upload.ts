import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Multer } from 'multer';
import type { TwinErrorCode } from '../errors/own-errors.ts';
import { type FileContent, fileContent } from '../world/file-content.ts';
import { type Arrival, type StateBudget, StateFullError } from '../world/state-budget.ts';

/** A form that came as multipart/form-data. */
export interface MultipartForm {
  /** Values by name, names in wire order. */
  readonly params: Map<string, string[]>;
  /** The first part that holds a file, whatever its name. */
  readonly file?: NamedFile & { readonly content: FileContent };
  /** The other parts that hold files; their bytes are not kept. */
  readonly otherFiles: readonly NamedFile[];
  /** The fields whose bytes are no UTF-8, and were read as Latin-1. */
  readonly inLatin1: readonly string[];
}

/** A part that holds a file: the name of the field, and the name of the file. */
interface NamedFile {
  readonly field: string;
  readonly name: string;
}

export interface UploadLimits {
  /** Largest file, in bytes. */
  readonly maxUpload: number;
  /** Largest sum of everything beside the file, in bytes. */
  readonly maxBody: number;
}

/** Why a form cannot be read, with a message for its sender. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
  readonly code: TwinErrorCode = 'TWIN_UPLOAD_INVALID';

  /** @param isGone the client is gone, so that there is nobody to answer */
  constructor(
    message: string,
    readonly isGone = false,
  ) {
    super(message);
  }
}

/** A character for each byte: which of two charsets they are in is for `textOf` to find. The types of multer lack the first. */
const asBytes = { defCharset: 'latin1', defParamCharset: 'latin1' };

/** Beyond these a form is no form. */
const maxParts = 1000;
const maxFieldName = 1000;

/** So long may multer take for what it has wholly received; it holds all of it in memory. */
const END_OF_FORM_MS = 1000;

/** Multer's middleware. It is made for Express; of a request it uses what node:http has, and sets `body` and `files`. */
type Middleware = ReturnType<Multer['any']>;
type ExpressRequest = Parameters<Middleware>[0];
type ExpressResponse = Parameters<Middleware>[1];

/** Multer, and the file parts that it saw in a request, in their order, with a character for each byte. */
interface WatchedMulter {
  readonly middleware: Middleware;
  readonly filesOf: (request: object) => readonly NamedFile[];
}

type Reader = (
  request: IncomingMessage,
  response: ServerResponse,
  budget: StateBudget | undefined,
) => Promise<MultipartForm>;

/**
 * Makes a reader of uploads. Files are held in memory and never written anywhere, so a dropped upload leaves
 * nothing behind. What is on its way counts as state, so that it is refused where there is no room for it. Multer is loaded with the first upload: it costs time, and most twins never see one.
 *
 * @returns a function whose promise rejects with an UploadError or a StateFullError
 */
export function uploadReader(limits: UploadLimits): Reader {
  let multer: Promise<WatchedMulter> | undefined;
  return async (request, response, budget) => {
    if (/;\s*boundary=\s*(?:""\s*)?(?:;|$)/i.test(request.headers['content-type'] ?? '')) {
      request.resume();
      throw new UploadError('the boundary in Content-Type is empty');
    }
    const arrival = budget?.arrival();
    try {
      budget?.require(Math.min(Number(request.headers['content-length'] ?? 0) || 0, limits.maxUpload));
      multer ??= watchedMulter(limits);
      const loaded = await multer;
      // It would wait for ever for a request that ended before it listened.
      if (request.destroyed) throw new UploadError('the client left before the form was read', true);
      return await readForm({ request, response, multer: loaded, limits, arrival });
    } catch (error) {
      if (error instanceof StateFullError) request.resume();
      throw error;
    } finally {
      arrival?.end();
    }
  };
}

async function watchedMulter({ maxUpload, maxBody }: UploadLimits): Promise<WatchedMulter> {
  const { default: multer } = await import('multer');
  const seen = new WeakMap<object, NamedFile[]>();
  const middleware = multer({
    storage: multer.memoryStorage(),
    ...asBytes,
    limits: {
      fileSize: maxUpload,
      files: maxParts,
      fields: maxParts,
      parts: maxParts,
      fieldSize: maxBody,
      fieldNameSize: maxFieldName,
      fieldNestingDepth: 4,
      fieldArrayIndexLimit: 1000,
    },
    fileFilter: (request, { fieldname, originalname }, accept) => {
      const parts = seen.get(request) ?? [];
      seen.set(request, [...parts, { field: fieldname, name: originalname }]);
      accept(null, parts.length === 0);
    },
  }).any();
  return { middleware, filesOf: (request) => seen.get(request) ?? [] };
}

interface Reading {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly multer: WatchedMulter;
  readonly limits: UploadLimits;
  readonly arrival: Arrival | undefined;
}

function readForm({ request, response, multer, limits, arrival }: Reading): Promise<MultipartForm> {
  const total = limits.maxUpload + limits.maxBody;
  return new Promise((resolve, reject) => {
    let received = 0;
    let declaresCharsets = false;
    const problemOfMore = (bytes: number): Error | undefined => {
      if (received > total)
        return new UploadError(`the form has more than ${total} bytes (settings maxUpload and maxBody)`);
      try {
        arrival?.take(bytes);
        return undefined;
      } catch (error) {
        return error as Error;
      }
    };
    request.on('data', (chunk: Buffer) => {
      received += chunk.length;
      declaresCharsets ||= chunk.includes('charset=');
      const problem = problemOfMore(chunk.length);
      if (problem === undefined) return;
      request.unpipe();
      request.resume();
      reject(problem);
    });
    const express = request as unknown as ExpressRequest;
    let late: NodeJS.Timeout | undefined;
    // A part that begins behind the last boundary and is cut short never ends for multer, which would wait for ever.
    request.once('end', () => {
      late = setTimeout(() => reject(new UploadError('the form ends within a part')), END_OF_FORM_MS);
    });
    multer.middleware(express, response as unknown as ExpressResponse, (error?: unknown) => {
      clearTimeout(late);
      if (error) return reject(problemOf(error, request, limits));
      const params = flatFields(express.body as Record<string, unknown> | undefined);
      if (params instanceof UploadError) return reject(params);
      const files = multer.filesOf(request);
      // Where parts say their charset, a byte beyond ASCII may be a character that was read by that.
      const inLatin1 = declaresCharsets ? [] : namesOfLatin1(params, files);
      const otherFiles = files
        .slice(1)
        .map(({ field, name }) => ({ field: textOf(field), name: textOf(name) }));
      resolve({ params: readable(params), ...fileOf(express), otherFiles, inLatin1 });
    });
  });
}

/** Text beyond ASCII that has a character for each byte: only then it may be UTF-8 or Latin-1. */
const hasBytes = (text: string): boolean => /[\x80-\xff]/.test(text) && !/[^\x00-\xff]/.test(text);

/** UTF-8, or Latin-1 where the bytes are no UTF-8, as in other forms. What its sender said the charset of was decoded by that. */
function textOf(bytes: string): string {
  if (!hasBytes(bytes)) return bytes;
  const buffer = Buffer.from(bytes, 'latin1');
  return isUtf8(buffer) ? buffer.toString('utf8') : bytes;
}

const isLatin1 = (bytes: string): boolean => hasBytes(bytes) && !isUtf8(Buffer.from(bytes, 'latin1'));

function namesOfLatin1(
  params: ReadonlyMap<string, readonly string[]>,
  files: readonly NamedFile[],
): string[] {
  const fields = [...params]
    .filter(([name, values]) => [name, ...values].some(isLatin1))
    .map(([name]) => name);
  const named = files
    .filter(({ field, name }) => isLatin1(field) || isLatin1(name))
    .map(({ field }) => field);
  return [...fields, ...named].map(textOf);
}

function readable(params: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const read = new Map<string, string[]>();
  for (const [name, values] of params) {
    const key = textOf(name);
    read.set(key, [...(read.get(key) ?? []), ...values.map(textOf)]);
  }
  return read;
}

function fileOf({ files }: ExpressRequest): Pick<MultipartForm, 'file'> {
  const [file] = Array.isArray(files) ? files : [];
  return file
    ? {
        file: {
          ...{ field: textOf(file.fieldname), name: textOf(file.originalname) },
          content: fileContent(file.buffer),
        },
      }
    : {};
}

/** What sets the limits that multer names by a code. */
const limitOf: Readonly<Record<string, string>> = {
  LIMIT_FIELD_VALUE: 'setting maxBody',
  LIMIT_PART_COUNT: `a fixed limit of ${maxParts}, no setting`,
  LIMIT_FILE_COUNT: `a fixed limit of ${maxParts}, no setting`,
  LIMIT_FIELD_COUNT: `a fixed limit of ${maxParts}, no setting`,
  LIMIT_FIELD_KEY: `a fixed limit of ${maxFieldName} bytes, no setting`,
};

function problemOf(error: unknown, request: IncomingMessage, { maxUpload }: UploadLimits): UploadError {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  const isGone = request.destroyed && !request.complete;
  if (code === 'LIMIT_FILE_SIZE') {
    return new UploadError(`the file has more than ${maxUpload} bytes (setting maxUpload)`, isGone);
  }
  const limit = typeof code === 'string' ? limitOf[code] : undefined;
  const message = error instanceof Error ? error.message : 'the form is not readable';
  return new UploadError(limit === undefined ? message : `${message} (${limit})`, isGone);
}

/** Multer nests names with brackets; the product knows no nesting, so they are written flat again. */
function flatFields(body: Record<string, unknown> = {}): Map<string, string[]> | UploadError {
  const params = new Map<string, string[]>();
  let unread: string | undefined;
  const add = (name: string, value: unknown): void => {
    if (typeof value === 'string') {
      const values = params.get(name);
      if (values) values.push(value);
      else params.set(name, [value]);
    } else if (Array.isArray(value)) {
      for (const each of value) add(name, each);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) add(`${name}[${key}]`, each);
    } else {
      // What busboy gives for a part in a charset that it does not know.
      unread ??= name;
    }
  };
  for (const [name, value] of Object.entries(body)) add(name, value);
  if (unread === undefined) return params;
  return new UploadError(`the field "${unread.slice(0, 80)}" is in a charset that is not known; send UTF-8`);
}
