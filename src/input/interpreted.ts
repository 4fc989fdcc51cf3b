/**
 * For zod, where a schema reads one value: to compile its checks takes longer than they save. A start reads options and
 * defaults once, which is a thirtieth of its time.
 */
export const interpreted = { jitless: true };
