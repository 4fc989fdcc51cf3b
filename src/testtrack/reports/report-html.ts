import { escapeAsEntities } from '../../text/escapes.ts';

/**
 * HTML that is put together from texts: what is inserted is escaped unless it is HTML of this room itself, so that
 * nothing a client stored can act in the browser of a report's reader.
 */
export class Html {
  constructor(readonly text: string) {}
}

/** A piece of HTML with its parts inserted: texts escaped, lists one after the other. */
export function html(pieces: TemplateStringsArray, ...parts: readonly (Part | readonly Part[])[]): Html {
  let text = pieces[0] ?? '';
  for (const [at, part] of parts.entries()) {
    text += Array.isArray(part) ? part.map(written).join('') : written(part as Part);
    text += pieces[at + 1] ?? '';
  }
  return new Html(text);
}

type Part = Html | string | number;

function written(part: Part): string {
  return part instanceof Html ? part.text : escapeHtml(String(part));
}

const special = /[&<>"'\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

function escapeHtml(text: string): string {
  // A report has a cell for each field of each record, and most hold nothing special.
  if (!special.test(text)) return text;
  return escapeAsEntities(text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '\ufffd'), /[&<>"']/g);
}

/** A text of several lines, a break between them. */
export function withLineBreaks(text: string): Html {
  const escaped = escapeHtml(text);
  return new Html(/[\r\n]/.test(escaped) ? escaped.replace(/\r\n|\r|\n/g, '<br />') : escaped);
}

const style = `body { font: 14px/1.4 Arial, Helvetica, sans-serif; margin: 2em; color: #222; }
h1 { font-size: 1.5em; margin: 0 0 .2em; } h2 { font-size: 1.15em; margin: 1.6em 0 .4em; }
.facts { color: #666; margin: 0 0 1.5em; }
table { border-collapse: collapse; } th, td { border: 1px solid #ccc; padding: .3em .6em; text-align: left; vertical-align: top; }
th { background: #f0f0f0; } td.number { text-align: right; } .swatch { display: inline-block; width: .8em; height: .8em; }`;

/** What a page says about itself and shows. */
export interface PageParts {
  readonly title: string;
  /** What stands under the title, a line each. */
  readonly facts: readonly string[];
  readonly body: readonly Html[];
}

/** A whole page that needs nothing but the pictures beside it. */
export function reportPage({ title, facts, body }: PageParts): string {
  return html`<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8" />
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<h1>${title}</h1>
<p class="facts">${withLineBreaks(facts.join('\n'))}</p>
${body}
</body>
</html>
`.text;
}
