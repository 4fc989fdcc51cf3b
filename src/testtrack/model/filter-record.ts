/** A filter of a project: which records of a table it lets through. */
export interface FilterRecord {
  /** Filters are listed in the order of their record IDs. */
  readonly recordId: number;
  readonly table: string;
  readonly name: string;
  /** In the JSON query language. */
  readonly query: string;
  /** Whether it asks its user for values each time: that cannot be done by SOAP. [documented] */
  readonly isInteractive?: boolean;
}
