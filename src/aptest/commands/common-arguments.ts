/** An argument that goes with every command, whatever that declares. */
interface CommonArgument {
  /** In lower case. */
  readonly name: string;
  /** What it holds is repeated to the client at most, and shown to nobody else. */
  readonly isSecret?: true;
}

export const commonArguments: readonly CommonArgument[] = [
  { name: 'rpctoken', isSecret: true },
  { name: 'username' },
  { name: 'suite' },
  { name: 'command' },
  { name: 'returnjson' },
];

const secretNames = new Set(commonArguments.filter(({ isSecret }) => isSecret).map(({ name }) => name));

/** Whether an argument is secret. @param key its name in lower case */
export function isSecretArgument(key: string): boolean {
  return secretNames.has(key);
}
