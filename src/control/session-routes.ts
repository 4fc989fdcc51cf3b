import { z } from 'zod';
import { fieldSignatures, opening, sessionSignatures, signatureText } from '../aptest/run/signatures.ts';
import { ProductFault } from '../world/product-fault.ts';
import { ControlError, type ControlRoute, controlRoute } from './route.ts';

/** No argument of a method is longer, and none nests deeper than a selector in a hash. */
const argument = z.json().describe('Null for what is left out');

const callSchema = z
  .strictObject({
    method: z
      .string()
      .max(100)
      .describe('A method by the name it has in the manual; `new` opens a session, `DESTROY` lets go of it'),
    args: z
      .array(argument)
      .max(20)
      .default([])
      .describe(
        'Its arguments in the manual’s order. `{"$session": handle}` is another open session, `{"$field": name}` a field, `{"$function": 0}` a function that the caller has',
      ),
    handle: z.string().max(200).optional().describe('The open session; `new` needs none'),
    field: z.string().max(200).optional().describe('Calls the method of this field of the session'),
    suite: z.string().max(200).optional().describe('For `new`; may be left out where there is one'),
    user: z.string().max(200).optional().describe('For `new`: the account to work as'),
  })
  .meta({ id: 'SessionCall', description: 'One call of a method of TestSession' });

const answerSchema = z
  .object({
    handle: z.string().optional().describe('Of the session that was opened'),
    result: z.unknown().describe('What the method gave; null for undef'),
    calls: z
      .array(z.object({ mark: z.string(), function: z.int(), args: z.array(z.unknown()) }))
      .optional()
      .describe('The caller puts what its function gives for these arguments in the place of each mark'),
  })
  .meta({ id: 'SessionAnswer', description: 'What a method of TestSession gave' });

const methodList = (signatures: typeof sessionSignatures): string =>
  [...signatures].map(([name, parameters]) => `\`${signatureText(name, parameters)}\``).join(', ');

/** The object of ApTest's second manual, for programs outside: `perl/TestSession.pm` stands on this route. */
export const sessionRoutes: readonly ControlRoute[] = [
  controlRoute({
    method: 'POST',
    path: '/__admin/aptest/session',
    id: 'callTestSession',
    purpose: 'Calls a method of ApTest’s TestSession object, which stays open between calls',
    about: [
      'Every call is one call of the product, all or nothing, and is in the journal. A handle is good for its world only; of more than 1000 the one that was not used for longest is forgotten, and with it a session that was never saved.',
      `\`${signatureText('new', opening)}\` opens a session. Methods: ${methodList(sessionSignatures)}.`,
      `Methods of a field: ${methodList(fieldSignatures)}.`,
    ].join('\n\n'),
    input: callSchema,
    example: { body: { method: 'new', args: [57, true], suite: 'Example', user: 'lake' } },
    gives: 'What the method gave.',
    answer: answerSchema,
    refusals: {
      409: {
        when: 'The product refuses it, or an argument does not fit the method.',
        details: z.object({ hint: z.string().describe('Why, and how to mend it') }),
      },
    },
    run: ({ world, input }) => {
      try {
        return world.openSessions.call(input);
      } catch (error) {
        if (error instanceof ProductFault)
          throw new ControlError(409, error.shownText, { details: { hint: error.hint } });
        throw error;
      }
    },
  }),
];
