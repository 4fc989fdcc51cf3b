/** The pages that stand below the product's folder, by the paths that clients know them by (observed in clients). */
const pages = [
  'atm.css',
  'results.css',
  'index.mpl',
  'login.mpl',
  'logout.mpl',
  'browse/viewTestCase.mpl',
  'report/report.mpl',
  'run/attachFile.mpl',
  'run/defineGroup.mpl',
  'run/defineSet.mpl',
  'run/runWholeSession.mpl',
  'run/viewSession.mpl',
  'run/viewSet.mpl',
] as const;

/** A page by its path below the product's folder. */
export type PageName = (typeof pages)[number];

/** An attachment's address holds its id. */
const attachment = /^run\/attachment\/([0-9A-Fa-f-]{36})$/;

/** The product's folder and the page in it; undefined for a path that is none of its pages. */
export function parsePagePath(path: string): { readonly folder: string; readonly page: string } | undefined {
  if (!/^(?:\/[\w.-]+)+$/.test(path)) return undefined;
  const named = pages.find((page) => path.endsWith(`/${page}`));
  const page = named ?? /\/(run\/attachment\/[^/]+)$/.exec(path)?.[1];
  if (page === undefined || (named === undefined && attachmentIdOf(page) === undefined)) return undefined;
  return { folder: path.slice(0, path.length - page.length), page };
}

/** The id of the attachment that a page is; undefined for every other page. */
export function attachmentIdOf(page: string): string | undefined {
  return attachment.exec(page)?.[1]?.toUpperCase();
}
