import { z } from 'zod';
import { type JsonSchema, schemaPlace } from '../../src/control/json-schema.ts';
import type { OpenApiDocument, OpenApiOperation, OpenApiResponse } from '../../src/control/openapi.ts';

/** An operation of a document, and where it is asked for. */
export interface Found {
  readonly method: string;
  readonly path: string;
  readonly operation: OpenApiOperation;
}

export function operationsOf(document: OpenApiDocument): Found[] {
  const methods = ['get', 'put', 'post', 'delete'] as const;
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ method: method.toUpperCase(), path, operation }] : [];
    }),
  );
}

/** What a document says about an answer; undefined when it does not know it. */
export function answerOf(document: OpenApiDocument, id: string, status: number): OpenApiResponse | undefined {
  const found = operationsOf(document).find(({ operation }) => operation.operationId === id);
  const answer = found?.operation.responses[status];
  if (!answer || !('$ref' in answer)) return answer;
  return document.components.responses[answer.$ref.replace('#/components/responses/', '')];
}

/** A schema of a document as a check, made from the JSON alone. */
export function checkOf(document: OpenApiDocument, schema: JsonSchema): z.ZodType {
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas });
  return z.fromJSONSchema(JSON.parse(text.replaceAll(schemaPlace, '#/$defs/')));
}
