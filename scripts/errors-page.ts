import { type OwnError, ownErrors } from '../src/errors/own-errors.ts';

/** The page of every error of ours, from the catalogue. */
export function errorsPage(): string {
  const rows = Object.entries<OwnError>(ownErrors)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { meaning, remedy }]) => `| \`${code}\` | ${cell(meaning)} | ${cell(remedy)} |`);
  return `# Errors of Twintrack's own

Written by \`npm run generate\` from \`src/errors/own-errors.ts\`; do not edit.

Each has a code that stays when its words change. It stands in \`code\`: on the exception that the library throws, in
the answer of a control request beside \`error\`, and in the log. What TestTrack and ApTest Manager would refuse too is no
error of ours: such faults have the numbers and texts of the products.

| Code | What it means | What to do |
|---|---|---|
${rows.join('\n')}
`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
