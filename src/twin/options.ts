import { z } from 'zod';
import { formerNames, SettingsError, settingNames } from '../http/settings.ts';
import { problemsText } from '../input/issues.ts';
import type { TwinOptions } from '../twin.ts';

const isLog = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ['error', 'warn', 'info', 'debug'].every(
    (name) => name in value && typeof Reflect.get(value, name) === 'function',
  );

const setting = z.union([z.string(), z.number()]).optional();

/** The settings by name; whether their values make sense is for `readSettings` to say. */
const settingsSchema = z.strictObject(
  Object.fromEntries([...settingNames, ...Object.keys(formerNames)].map((name) => [name, setting])),
);

const publicUrlSchema = z.string().refine(isPublicUrl, {
  message:
    'is no address to begin others with; write one as https://twin.example.org or http://ci.example.org/twin',
});

/** One member for each option, so that a new one is not forgotten here. */
const optionsSchema = z.strictObject({
  scenario: z
    .union([z.string().min(1), z.custom<object>((value) => typeof value === 'object' && value !== null)])
    .optional(),
  data: z.string().optional(),
  fresh: z.boolean().optional(),
  port: z.int().min(0).max(65_535).optional(),
  host: z.string().optional(),
  settings: settingsSchema.optional(),
  adminToken: z.string().optional(),
  publicUrl: publicUrlSchema.optional(),
  allowedHosts: z.array(z.string()).optional(),
  log: z.custom(isLog, 'is no log: it needs the functions error, warn, info and debug').optional(),
  hostNow: z
    .custom((value) => typeof value === 'function', 'is no function that gives milliseconds')
    .optional(),
  checkInvariants: z.boolean().optional(),
} satisfies Record<keyof TwinOptions, z.ZodType>);

/** Whether addresses can begin with this: http or https, perhaps with a path, and nothing behind it. */
export function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, search, hash, username } = new URL(text);
  return /^https?:$/.test(protocol) && search === '' && hash === '' && username === '';
}

/**
 * Looks whether options are some, as the command line does: types are no help to a test in plain JavaScript, and a
 * misspelt option would be overlooked.
 *
 * @throws SettingsError one line for each wrong option
 */
export function checkOptions(options: unknown): void {
  const checked = optionsSchema.safeParse(options);
  if (checked.success) return;
  throw new SettingsError(problemsText(checked.error, optionsSchema, options));
}
