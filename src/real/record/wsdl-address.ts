const address = /(<(?:[\w.-]+:)?address\s[^<>]*?location=")[^"]*(")/g;

/** Whether a request asks for a contract. */
export function asksForWsdl(method: string | undefined, path: string): boolean {
  return method === 'GET' && /(?:\.wsdl|[?&]wsdl(?:=|&|$))/i.test(path);
}

/**
 * A WSDL whose calls come to the proxy: the address in it is where the client asked for it, with the path of the server.
 *
 * @param host what the client calls the proxy: its header Host
 */
export function withOwnAddress(
  wsdl: string,
  { host, path }: { readonly host: string; readonly path: string },
): string {
  return wsdl.replace(address, (_, before: string, after: string) => {
    return `${before}http://${host.replace(/[^\w.:[\]-]/g, '')}${path}${after}`;
  });
}
