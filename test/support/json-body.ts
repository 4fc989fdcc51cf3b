/** The parts of a `fetch` that send a value as JSON. */
export const jsonBody = (value: unknown): { body: string; headers: Record<string, string> } => ({
  body: JSON.stringify(value),
  headers: { 'content-type': 'application/json' },
});
