// Receivers that hold or fetch a public key, with nothing but Node.js. The first argument says whose.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';

const kinds = {
  // https://discord.com/developers/docs/events/webhook-events: the key of the application in hex, in PUBLIC_KEY.
  async discord(headers, body) {
    const x = Buffer.from(process.env.PUBLIC_KEY, 'hex').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const signed = Buffer.concat([Buffer.from(headers['x-signature-timestamp']), body]);
    return verify(null, signed, key, Buffer.from(headers['x-signature-ed25519'], 'hex')) ? 204 : 401;
  },
  // Discord, as one who forgot to verify.
  async careless() {
    return 204;
  },
  // A JSON Web Token whose key is fetched from JWKS_URL by its kid.
  async plaid(headers, body) {
    const [head, claims, signature] = headers['plaid-verification'].split('.');
    const { kid, alg } = JSON.parse(Buffer.from(head, 'base64url'));
    const { keys } = await (await fetch(process.env.JWKS_URL)).json();
    const jwk = keys.find((key) => key.kid === kid);
    if (alg !== 'ES256' || jwk === undefined || 'd' in jwk) return 401;
    const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' };
    const isSigned = verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'));
    const told = JSON.parse(Buffer.from(claims, 'base64url')).request_body_sha256;
    return isSigned && told === createHash('sha256').update(body).digest('hex') ? 200 : 401;
  },
};

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const status = await kinds[process.argv[2]](request.headers, Buffer.concat(chunks)).catch(() => 500);
  response.writeHead(status).end();
}).listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit()).resume();
