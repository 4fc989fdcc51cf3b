import { SaxesParser } from 'saxes';
import type { AnyCFile, CReportRunResults } from '../../src/testtrack/model/operation-types.generated.ts';

/** The page of a report: always its first file. @throws Error when there is none */
export function reportPage(results: CReportRunResults): string {
  return fileText(results['m-FileList']?.[0]);
}

export function fileText(file: AnyCFile | undefined): string {
  const bytes = file?.['m-pFileData'];
  if (!bytes) throw new Error('there is no such file');
  return bytes.toString('utf8');
}

/**
 * The texts of all elements of a name, as a browser shows them: lines divided by LF. Reading it shows that the page
 * is well formed, every element closed and every `<` and `&` of a text escaped.
 */
export function textsOf(page: string, element: string): string[] {
  const texts: string[] = [];
  let depth = 0;
  const parser = new SaxesParser({ xmlns: false });
  parser.on('opentag', ({ name }) => {
    if (name === element) {
      depth += 1;
      texts.push('');
    } else if (name === 'br' && depth > 0) texts[texts.length - 1] += '\n';
  });
  parser.on('text', (text) => {
    if (depth > 0) texts[texts.length - 1] += text;
  });
  parser.on('closetag', ({ name }) => {
    if (name === element) depth -= 1;
  });
  parser.write(page).close();
  return texts;
}

/** The rows of all tables of a page, each a list of its cells. */
export function rowsOf(page: string): string[][] {
  return [...page.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([row]) => [...textsOf(`<t>${row}</t>`, 'td')]);
}
