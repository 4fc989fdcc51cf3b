import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { problemsOf } from '../../input/issues.ts';
import { RealServerError } from '../real-error.ts';

const faultSchema = z.strictObject({
  number: z
    .string()
    .describe(
      'The error number of TestTrack, the return code of rpc.mpl; empty for a fault of the SOAP engine',
    ),
  text: z.string().describe('The sentence as it was met'),
});

const operationSchema = z.strictObject({
  api: z.enum(['TestTrack', 'ApTest']),
  operation: z.string().min(1).describe('The operation or command'),
  calls: z.int().positive().describe('How often it was called'),
  sent: z
    .array(z.string())
    .describe('Parts and their members that were sent with a value, such as pDefect.summary'),
  met: z
    .array(z.string())
    .describe('Members that answers had, such as eventlist[].notes; empty for an answer that is one value'),
  faults: z.array(faultSchema),
  example: z
    .record(z.string(), z.json())
    .optional()
    .describe('The parts of a call that was answered, without secrets: what verifying a server sends'),
});

/** What a client of the two products relies on. */
export const clientContractSchema = z
  .strictObject({
    $schema: z.string().optional().describe('For editors: where this schema is'),
    twintrackContract: z.literal(1),
    operations: z.array(operationSchema),
  })
  .describe(
    'What a client of TestTrack and ApTest Manager relies on, as "twintrack contract derive" writes it',
  );

export type ClientContract = z.output<typeof clientContractSchema>;
export type ContractOperation = ClientContract['operations'][number];

/** Reads a file that `contract derive` wrote. @throws RealServerError */
export function clientContractIn(file: string): ClientContract {
  const refused = (why: string) => new RealServerError('TWIN_REAL_FILE', `${file}: ${why}`);
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw refused(
      error instanceof SyntaxError
        ? 'it is no JSON.'
        : `it cannot be read (${(error as NodeJS.ErrnoException).code}).`,
    );
  }
  const checked = clientContractSchema.safeParse(data);
  if (checked.success) return checked.data;
  const [first] = problemsOf(checked.error, clientContractSchema, data);
  throw refused(`${first?.path.join('.')} ${first?.message}; "twintrack contract derive" writes such files.`);
}
