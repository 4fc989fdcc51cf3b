/** The types of built.mjs, for scripts in TypeScript. */
export declare function fingerprint(root: string): string;
export declare function stateOf(root: string, dist?: string): 'fresh' | 'missing' | 'incomplete' | 'outdated';
export declare function seal(folder: string, of: string): void;
export declare function exchange(built: string, dist: string): void;
