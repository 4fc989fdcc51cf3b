import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Multer } from 'multer';
import type { TwinErrorCode } from '../errors/own-errors.ts';
import { type FileContent, fileContent } from '../world/file-content.ts';

/** A form that came as multipart/form-data. */
export interface MultipartForm {
  /** Values by name, names in wire order. */
  readonly params: Map<string, string[]>;
  /** The first part that holds a file, whatever its name; the others are not kept. */
  readonly file?: { readonly name: string; readonly content: FileContent };
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

/** Beyond these a form is no form. */
const maxParts = 1000;
const maxFieldName = 1000;

/** Multer's middleware. It is made for Express; of a request it uses what node:http has, and sets `body` and `files`. */
type Middleware = ReturnType<Multer['any']>;
type ExpressRequest = Parameters<Middleware>[0];
type ExpressResponse = Parameters<Middleware>[1];

type Reader = (request: IncomingMessage, response: ServerResponse) => Promise<MultipartForm>;

/**
 * Makes a reader of uploads. Files are held in memory and never written anywhere, so a dropped upload leaves
 * nothing behind. Multer is loaded with the first upload: it costs time, and most twins never see one.
 *
 * @returns a function whose promise rejects with an UploadError
 */
export function uploadReader(limits: UploadLimits): Reader {
  let middleware: Promise<Middleware> | undefined;
  return async (request, response) => {
    middleware ??= multerMiddleware(limits);
    const multer = await middleware;
    return readForm({ request, response, multer, limits });
  };
}

async function multerMiddleware({ maxUpload, maxBody }: UploadLimits): Promise<Middleware> {
  const { default: multer } = await import('multer');
  const withFile = new WeakSet<object>();
  return multer({
    storage: multer.memoryStorage(),
    defParamCharset: 'utf8',
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
    fileFilter: (request, _file, accept) => {
      const isFirst = !withFile.has(request);
      withFile.add(request);
      accept(null, isFirst);
    },
  }).any();
}

interface Reading {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly multer: Middleware;
  readonly limits: UploadLimits;
}

function readForm({ request, response, multer, limits }: Reading): Promise<MultipartForm> {
  const total = limits.maxUpload + limits.maxBody;
  return new Promise((resolve, reject) => {
    let received = 0;
    request.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received <= total) return;
      request.unpipe();
      request.resume();
      reject(new UploadError(`the form has more than ${total} bytes`));
    });
    const express = request as unknown as ExpressRequest;
    multer(express, response as unknown as ExpressResponse, (error?: unknown) => {
      if (error) reject(problemOf(error, request, limits));
      else
        resolve({
          params: flatFields(express.body as Record<string, unknown> | undefined),
          ...fileOf(express),
        });
    });
  });
}

function fileOf({ files }: ExpressRequest): Pick<MultipartForm, 'file'> {
  const [file] = Array.isArray(files) ? files : [];
  return file ? { file: { name: file.originalname, content: fileContent(file.buffer) } } : {};
}

function problemOf(error: unknown, request: IncomingMessage, { maxUpload }: UploadLimits): UploadError {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  const isGone = request.destroyed && !request.complete;
  if (code === 'LIMIT_FILE_SIZE') {
    return new UploadError(`the file has more than ${maxUpload} bytes (setting maxUpload)`, isGone);
  }
  return new UploadError(error instanceof Error ? error.message : 'the form is not readable', isGone);
}

/** Multer nests names with brackets; the product knows no nesting, so they are written flat again. */
function flatFields(body: Record<string, unknown> = {}): Map<string, string[]> {
  const params = new Map<string, string[]>();
  const add = (name: string, value: unknown): void => {
    if (typeof value === 'string') {
      const values = params.get(name);
      if (values) values.push(value);
      else params.set(name, [value]);
    } else if (Array.isArray(value)) {
      for (const each of value) add(name, each);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) add(`${name}[${key}]`, each);
    }
  };
  for (const [name, value] of Object.entries(body)) add(name, value);
  return params;
}
