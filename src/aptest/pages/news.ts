/** What a page says of what the visitor just did. */
export interface News {
  /** Why it was refused. */
  readonly problem?: string;
  /** That it was done. */
  readonly done?: string;
  /** What of it was not kept as it was sent. */
  readonly hint?: string | undefined;
}
