import type { Table } from '../table.ts';
import type { Path } from '../world.ts';

/** A table whatever its records are. */
export type AnyTable = Table<never>;

/** The tables of every product, by the first part of the scopes they live in. */
export type Tables = Readonly<Record<string, readonly AnyTable[]>>;

/** Finds tables by where their collections live. */
export class TableRegistry {
  private readonly known = new Map<string, Table<unknown>>();

  constructor(tables: Tables) {
    for (const [product, list] of Object.entries(tables)) {
      for (const table of list)
        this.known.set(`${product}/${table.name}`, table as unknown as Table<unknown>);
    }
  }

  /**
   * The table of a path: `testtrack:Project/defects` is the table `defects` of `testtrack`.
   *
   * @throws Error when there is none
   */
  at(path: Path): Table<unknown> {
    const end = path.lastIndexOf('/');
    const [product] = path.slice(0, end).split(':', 1);
    const found = this.known.get(`${product}${path.slice(end)}`);
    if (!found) throw new Error(`there is no table for "${path}"`);
    return found;
  }
}
