import { worldHeader } from '../http/request-contexts.ts';
import { errorSchema } from './answer-schemas.ts';
import { type JsonSchema, SchemaWriter } from './json-schema.ts';
import type { ControlRoute, Reached, RefusalStatus, RouteGroup } from './route.ts';

export interface Reference {
  readonly $ref: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

type Content = Readonly<Record<string, { readonly schema: JsonSchema; readonly example?: unknown }>>;

export interface OpenApiResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: JsonSchema }>>;
  readonly content?: Content;
}

export interface OpenApiOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, OpenApiResponse | Reference>>;
}

export type PathItem = { readonly parameters: readonly Reference[] } & {
  readonly [Name in 'get' | 'post' | 'put' | 'delete']?: OpenApiOperation;
};

/** An OpenAPI 3.1 document, as far as ours goes. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: Readonly<Record<'title' | 'version' | 'summary' | 'description', string>> & {
    readonly license: { readonly name: string; readonly identifier: string };
  };
  readonly servers: readonly {
    readonly url: string;
    readonly description: string;
    readonly variables?: Readonly<Record<string, { readonly default: string; readonly description: string }>>;
  }[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly responses: Readonly<Record<string, OpenApiResponse>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly securitySchemes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
}

export interface DocumentOptions {
  readonly version: string;
  readonly reached: Reached;
}

/** Where a twin answers that was started without a word. */
export const usualReach: Reached = {
  origin: 'http://127.0.0.1:8080',
  prefix: '',
  isTokenRequired: false,
};

const description = [
  'What a running Twintrack can be told: its state, its clock, its faults, its worlds and its journal.',
  'A request is for one world: the one that its port belongs to, the one that the address names (`/w/<name>/__admin/…`), or the one in the header `x-twintrack-world`.',
  'Bodies are JSON and say so (`Content-Type: application/json`), which no page of another site can send unasked. A name after the `?` or in a body that is not known is refused, with the name that was probably meant. Everything that is read with GET can be asked for with HEAD; another method is answered with 405, an address that is not there with 404.',
  'There are no CORS headers: pages of other origins are refused.',
].join('\n\n');

/** Makes the OpenAPI document from the tables of the routes and the schemas that check what is sent. */
export function openApiDocument(
  groups: readonly RouteGroup[],
  { version, reached }: DocumentOptions,
): OpenApiDocument {
  const schemas = new SchemaWriter();
  const error = schemas.written(errorSchema);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { name, routes } of groups) {
    for (const route of routes) {
      const path = route.path.replace(/:(\w+)/g, '{$1}');
      paths[path] ??= { parameters: [{ $ref: '#/components/parameters/World' }] };
      paths[path][route.method.toLowerCase()] = operationOf(route, { group: name, schemas, error });
    }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Twintrack control',
      version,
      summary: 'The control of a test double of TestTrack and ApTest Manager',
      description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: serversOf(reached),
    security: reached.isTokenRequired ? [{ token: [] }] : [{}, { token: [] }],
    tags: groups.map(({ name, about }) => ({ name, description: about })),
    paths: paths as Record<string, PathItem>,
    components: {
      schemas: schemas.components(),
      responses: generalAnswers(error),
      parameters: { World: worldParameter },
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description:
            'The token is that of --admin-token, or the one that the twin printed when it was started on an address that other machines reach. Without a token only this machine may control a twin.',
        },
      },
    },
  };
}

const worldParameter: Parameter = {
  name: worldHeader,
  in: 'header',
  description: 'The world that the request is for, where the address names none',
  schema: { type: 'string' },
};

function serversOf({ origin, prefix }: Reached): OpenApiDocument['servers'] {
  return [
    { url: origin + prefix, description: prefix === '' ? 'The world of this port' : 'This world' },
    {
      url: `${origin}/w/{world}`,
      description: 'A world by its name',
      variables: { world: { default: 'main', description: 'The name of the world' } },
    },
  ];
}

/** What every route can answer besides its own. */
function generalAnswers(error: JsonSchema): Record<string, OpenApiResponse> {
  const json = { 'application/json': { schema: error } };
  return {
    BadRequest: { description: wrongRequest, content: json },
    Unauthorized: {
      description: 'The token is missing or not the right one.',
      headers: { 'WWW-Authenticate': { description: 'Asks for a Bearer token', schema: { type: 'string' } } },
      content: json,
    },
    Forbidden: {
      description:
        'The Host header is not a name of this twin, a page of another origin sent the request, or, without a token, another machine did.',
      content: json,
    },
    UnknownWorld: { description: unknownWorld, content: json },
    TooLarge: { description: 'The body is over 100 kB.', content: json },
    UnknownEncoding: { description: 'The body is packed in another way than gzip.', content: json },
    Failed: {
      description: 'The data folder could not keep what was changed, or Twintrack made a mistake.',
      content: json,
    },
    StateFull: {
      description:
        'The states of all worlds would take more memory than --max-state allows; nothing was changed.',
      content: json,
    },
  };
}

const wrongRequest =
  'Something that was sent is not known or not fit; the error says what, and what was expected.';
const unknownWorld = 'The request names a world that is not there.';

interface Context {
  readonly group: string;
  readonly schemas: SchemaWriter;
  readonly error: JsonSchema;
}

function operationOf(route: ControlRoute, context: Context): OpenApiOperation {
  const { id, purpose, about, input, example } = route;
  const parameters = parametersOf(route, context.schemas);
  return {
    operationId: id,
    tags: [context.group],
    summary: purpose,
    ...(about === undefined ? {} : { description: about }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(input === undefined
      ? {}
      : {
          requestBody: {
            required: !input.safeParse(undefined).success,
            content: {
              'application/json': { schema: context.schemas.written(input), example: example?.body },
            },
          },
        }),
    responses: answersOf(route, context),
  };
}

function parametersOf({ params, query, example }: ControlRoute, schemas: SchemaWriter): Parameter[] {
  const places = [
    { in: 'path', fields: params?.shape ?? {}, examples: example?.params },
    { in: 'query', fields: query?.shape ?? {}, examples: example?.query },
  ] as const;
  return places.flatMap(({ in: place, fields, examples }) =>
    Object.entries(fields).map(([name, field]): Parameter => {
      const { description: about = '', ...schema } = schemas.written(field);
      const shown = examples?.[name];
      return {
        name,
        in: place,
        ...(place === 'path' ? { required: true } : {}),
        description: about,
        schema,
        ...(shown === undefined ? {} : { example: shown }),
      };
    }),
  );
}

/** The answers of a route, by their status. */
function answersOf(
  route: ControlRoute,
  { schemas, error }: Context,
): Record<string, OpenApiResponse | Reference> {
  const general = (name: string): Reference => ({ $ref: `#/components/responses/${name}` });
  const { media = 'application/json', gives, answer, input, refusals = {} } = route;
  const refused = (status: RefusalStatus, also: string): OpenApiResponse | undefined => {
    const declared = refusals[status];
    if (declared === undefined) return undefined;
    const details = declared.details && schemas.written(errorSchema.extend(declared.details.shape));
    return {
      description: [declared.when, also].filter((each) => each !== '').join(' '),
      content: {
        'application/json': { schema: details ?? error },
      },
    };
  };
  const conflict = refused(409, '');
  return {
    200: { description: gives, content: { [media]: { schema: schemas.written(answer) } } },
    400: refused(400, wrongRequest) ?? general('BadRequest'),
    401: general('Unauthorized'),
    403: general('Forbidden'),
    404: refused(404, unknownWorld) ?? general('UnknownWorld'),
    ...(conflict === undefined ? {} : { 409: conflict }),
    ...(input === undefined ? {} : { 413: general('TooLarge'), 415: general('UnknownEncoding') }),
    500: general('Failed'),
    ...(route.method === 'GET' || route.method === 'DELETE' ? {} : { 507: general('StateFull') }),
  };
}
