/** The arguments that go with every command, in lower case. */
export const commonArguments = ['rpctoken', 'username', 'suite', 'command', 'returnjson'] as const;

/** Those whose values are repeated to the client at most, and shown to nobody else. */
const secretArguments: ReadonlySet<string> = new Set<(typeof commonArguments)[number]>(['rpctoken']);

/** Whether an argument is secret. @param key its name in lower case */
export function isSecretArgument(key: string): boolean {
  return secretArguments.has(key);
}
