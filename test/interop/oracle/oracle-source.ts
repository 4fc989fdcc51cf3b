/**
 * Writes the server functions of the oracle: one for each operation, by the prototypes that wsdl2h made.
 *
 * They do what `echo-service.ts` does on our side: every record and list that comes in is kept by its type, and
 * every answer is the record or list of its type that came in last. So what the generated code read can be seen.
 */
interface Parameter {
  readonly type: string;
  readonly name: string;
}

interface Prototype {
  readonly name: string;
  readonly inputs: readonly Parameter[];
  readonly output: Parameter;
  /** The output is a member of a response struct, not a parameter of its own. */
  readonly isWrapped: boolean;
}

const PROTOTYPE = /^int (ttns__\w+)\(\n([^;]*?)\n\);$/gm;
const PARAMETER = /^\s*(?:struct )?([\w:]+\s*\*?)\s*(&?)\s*:?(\w*)\s*[,/]/;

/**
 * @param header what wsdl2h wrote
 * @returns the C++ text of the oracle
 */
export function oracleSource(header: string): string {
  const prototypes = [...header.matchAll(PROTOTYPE)].map(([, name = '', parameters = '']) =>
    prototypeOf(name, parameters, header),
  );
  return `${PROLOGUE}\n${prototypes.map(functionOf).join('\n')}\n`;
}

function prototypeOf(name: string, text: string, header: string): Prototype {
  const parameters = text.split('\n').map((line) => {
    const [, type = '', reference = '', part = ''] =
      PARAMETER.exec(line.replace('&\t', ' &,').replace(/&$/, '& ,')) ?? [];
    return { type: type.replace(/\s/g, ''), isOutput: reference !== '', name: part };
  });
  const inputs = parameters.filter(({ isOutput }) => !isOutput);
  const [output] = parameters.filter(({ isOutput }) => isOutput);
  if (!output) throw new Error(`${name} has no output in the header that wsdl2h made: ${text}`);
  if (output.name !== '') return { name, inputs, output, isWrapped: false };
  return { name, inputs, output: memberOf(output.type, header), isWrapped: true };
}

function memberOf(struct: string, header: string): Parameter {
  const found = new RegExp(`^struct ${struct}\\n\\{\\n\\s*([\\w:]+\\s*\\*?)\\s*:(\\w+);`, 'm').exec(header);
  if (!found) throw new Error(`the header that wsdl2h made has no struct ${struct} with a single member`);
  const [, type = '', name = ''] = found;
  return { type: type.replace(/\s/g, ''), name };
}

function functionOf({ name, inputs, output, isWrapped }: Prototype): string {
  const result = isWrapped ? `struct ${name}Response &answer` : `${output.type} &answer`;
  const parameters = [...inputs.map((input) => `${input.type} ${input.name}`), result];
  const keeps = inputs.filter(({ type }) => type.endsWith('*')).map((input) => `  keep(${input.name});`);
  const target = isWrapped ? `answer.${output.name}` : 'answer';
  return [
    `int ${name}(struct soap *soap, ${parameters.join(', ')}) {`,
    ...keeps,
    `  ${target} = ${answerOf(output.type, inputs)};`,
    '  return SOAP_OK;',
    '}',
  ].join('\n');
}

/** Single values: the last one of the same type that came in, else a fixed one. */
function answerOf(type: string, inputs: readonly Parameter[]): string {
  if (type.endsWith('*')) {
    const name = type.slice(0, -1);
    return `given<${name}>(soap, soap_new_${name})`;
  }
  const last = inputs.filter((input) => input.type === type).at(-1);
  return last?.name ?? fixed[type] ?? '0';
}

const fixed: Readonly<Record<string, string>> = {
  LONG64: '9007199254740993LL',
  bool: 'true',
  'std::string': '"text"',
  xsd__byte: '47',
};

const PROLOGUE = `
#include <cstdio>
#include <netinet/in.h>
#include "soapH.h"
#include "ttsoapcgi.nsmap"

template <typename T> static T *&kept() {
  static T *value = NULL;
  return value;
}

// A context of its own for every copy: one that is used again takes a new value at an old address for the old one.
template <typename T> static void keep(const T *value) {
  static struct soap *home = NULL;
  if (home) {
    soap_destroy(home);
    soap_end(home);
    soap_free(home);
  }
  home = soap_new1(SOAP_C_UTFSTRING | SOAP_XML_TREE);
  kept<T>() = value ? (T *)value->soap_dup(home) : NULL;
}

template <typename T> static T *given(struct soap *soap, T *(*make)(struct soap *, int)) {
  return kept<T>() ? kept<T>() : make(soap, -1);
}

// Reads what the client still has to say before it closes: otherwise a fault that was answered early is lost.
static int close_gently(struct soap *, SOAP_SOCKET socket) {
  struct timeval most = {2, 0};
  char rest[4096];
  shutdown(socket, SHUT_WR);
  setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
  while (recv(socket, rest, sizeof rest, 0) > 0) continue;
  return close(socket);
}

static const char *wsdl_file;
static int (*usual_get)(struct soap *);

// The contract, as gSOAP's manual has servers give it: every path that names a WSDL.
static int give_wsdl(struct soap *soap) {
  FILE *file = strstr(soap->path, "wsdl") ? fopen(wsdl_file, "rb") : NULL;
  if (!file) return usual_get(soap);
  soap->http_content = "text/xml; charset=utf-8";
  soap_response(soap, SOAP_FILE);
  for (size_t size; (size = fread(soap->tmpbuf, 1, sizeof soap->tmpbuf, file)) > 0;)
    soap_send_raw(soap, soap->tmpbuf, size);
  fclose(file);
  return soap_end_send(soap);
}

int main(int, char **arguments) {
  wsdl_file = arguments[1];
  struct soap *soap = soap_new1(SOAP_C_UTFSTRING);
  usual_get = soap->fget;
  soap->fget = give_wsdl;
  soap->fclosesocket = close_gently;
  soap->bind_flags = SO_REUSEADDR;
  soap->recv_timeout = soap->send_timeout = 1;
  if (!soap_valid_socket(soap_bind(soap, "127.0.0.1", 0, 100))) return 1;
  struct sockaddr_in address;
  socklen_t length = sizeof address;
  getsockname(soap->master, (struct sockaddr *)&address, &length);
  printf("%d\\n", ntohs(address.sin_port));
  fflush(stdout);
  while (soap_valid_socket(soap_accept(soap))) {
    // soap_serve would close without a word when it cannot read the envelope: here its words are wanted.
    if ((soap_begin_serve(soap) || soap_serve_request(soap)) && soap->error != SOAP_STOP) soap_send_fault(soap);
    soap_closesock(soap);
    soap_destroy(soap);
    soap_end(soap);
  }
  return 0;
}
`;
