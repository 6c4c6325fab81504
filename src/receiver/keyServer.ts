import type { AddressInfo } from 'node:net';
import { portError } from '../core/portError.js';
import { keySet, type PublicKey } from '../signing/publicKeys.js';

/** The public keys of one provider's secrets. */
export interface ServedKeys {
  readonly provider: string;
  readonly keys: readonly PublicKey[];
}

export interface KeyServer {
  readonly url: string;
  /** The paths served, in order. */
  readonly paths: readonly string[];
  close(): Promise<void>;
}

interface Served {
  readonly type: string;
  readonly text: string;
}

/** A request that takes longer to arrive is cut off. */
const requestLimitMs = 5000;

/** Serves public keys on a port of the loopback, 0 for any free one, to GET and HEAD. Throws a UsageError where the port can't be opened. */
export async function startKeyServer(served: readonly ServedKeys[], port: number): Promise<KeyServer> {
  const { createServer } = await import('node:http');
  const files = buildFiles(served);
  const server = createServer({ requestTimeout: requestLimitMs, maxHeaderSize: 16_384 }, (request, response) => {
    // A request's body is not read: the connection ends with the answer.
    const answer = (status: number, { type, text }: Served, headers: Record<string, string> = {}) => {
      const length = String(Buffer.byteLength(text));
      response.writeHead(status, { 'Content-Type': type, 'Content-Length': length, Connection: 'close', ...headers });
      response.end(request.method === 'HEAD' ? '' : text);
    };
    const plain = (text: string) => ({ type: 'text/plain; charset=utf-8', text });
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return answer(405, plain('Only GET and HEAD.\n'), { Allow: 'GET, HEAD' });
    }
    const found = files.get(request.url?.split('?')[0] ?? '');
    return found ? answer(200, found) : answer(404, plain(`There are:\n${[...files.keys()].join('\n')}\n`));
  });
  server.on('clientError', (_, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(portError(port, code, 'Name another to serve the keys on')),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths: [...files.keys()],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The files: all keys as one set, then those of each provider; of the only one also without its name. */
function buildFiles(served: readonly ServedKeys[]): Map<string, Served> {
  const files = new Map<string, Served>();
  const all = set(served.flatMap(({ keys }) => keys));
  files.set('/jwks.json', all).set('/.well-known/jwks.json', all);
  for (const { provider, keys } of served) {
    const folders = served.length === 1 ? ['', `/${provider}`] : [`/${provider}`];
    for (const folder of folders) {
      if (folder !== '') files.set(`${folder}/jwks.json`, set(keys));
      for (const [name, file] of keys.toReversed().flatMap(buildForms)) files.set(`${folder}/${name}`, file);
    }
  }
  return files;
}

function set(keys: readonly PublicKey[]): Served {
  return { type: 'application/json', text: JSON.stringify(keySet(keys)) };
}

function buildForms({ signature, pem, certificate, jwk }: PublicKey): [name: string, file: Served][] {
  return [
    [`${signature}.pem`, { type: 'application/x-pem-file', text: pem }],
    [`${signature}.crt.pem`, { type: 'application/x-pem-file', text: certificate }],
    [`${signature}.jwk.json`, { type: 'application/json', text: JSON.stringify(jwk) }],
  ];
}
