/**
 * The cost of a prepared delivery over `JSON.stringify` of the same payload and the same signature: the CPU of both in one process, in turn. `node
 * bench/prepared.js` shows it for each provider.
 */
import { execFileSync } from 'node:child_process';
import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { median, root } from './measure.js';

const library = pathToFileURL(join(root, 'dist/index.js')).href;

/** Every provider that ships. */
export async function everyProvider() {
  const { listProviders } = await import(library);
  return listProviders();
}

/** The median of CPU over CPU, batch by batch. */
export function cpuRatio(ours, theirs, { batches = 15, calls = 400 } = {}) {
  const cpuOf = (act) => {
    const start = process.cpuUsage();
    for (let i = 0; i < calls; i++) act();
    const { user, system } = process.cpuUsage(start);
    return user + system;
  };
  for (let i = 0; i < 5; i++) cpuOf(ours) + cpuOf(theirs);
  return median(Array.from({ length: batches }, () => cpuOf(ours) / cpuOf(theirs)));
}

/** Returns both sides for one provider: a fresh delivery, and the unavoidable part of it. */
export async function sidesOf(provider, options = {}) {
  const { prepare } = await import(library);
  const next = await prepare({ provider: provider.name, url: 'http://localhost:3000/hooks', ...options });
  const { body } = next();
  const text = Buffer.from(body).toString();
  const payload = provider.dialect === 'form' ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text);
  const computed = Object.values(provider.signatures ?? {}).filter(({ scheme }) => scheme !== 'encoded');
  // A provider that sends the secret itself is held against one HMAC like the others.
  const signatures = computed.length > 0 ? computed : [{ scheme: 'hmac', hash: 'sha256', encoding: 'hex' }];
  const signers = signatures.map((options) => signerOf(options, provider.secret.sample));
  const bare = () => {
    const bytes = JSON.stringify(payload);
    for (const signed of signers) signed(bytes);
  };
  return { next, bare, isSlow: signers.some(({ isSlow }) => isSlow) };
}

/** The primitive of a signature, over the body, whatever it is over. */
function signerOf({ scheme, hash, encoding, algorithm, form }, secret) {
  switch (scheme) {
    case 'hmac':
      return (bytes) => createHmac(hash, secret).update(bytes).digest(encoding.toLowerCase());
    case 'digest':
      return (bytes) => createHash(hash).update(bytes).digest(encoding.toLowerCase());
    default: {
      const key = keyFor(scheme === 'jwt' ? algorithm : scheme);
      const named = key.asymmetricKeyType === 'ed25519' ? null : (hash ?? 'sha256');
      const isNumbers = scheme === 'jwt' || form === 'numbers';
      const way = { key, dsaEncoding: isNumbers ? 'ieee-p1363' : 'der' };
      const signed = (bytes) => sign(named, Buffer.from(bytes), way).toString('base64');
      return Object.assign(signed, { isSlow: true });
    }
  }
}

function keyFor(name) {
  if (/^(rsa|RS|PS)/.test(name)) return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  if (/^(ecdsa|ES)/.test(name)) return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  return generateKeyPairSync('ed25519').privateKey;
}

/** The figure of the default provider, measured by another Node. */
export function prepared(node) {
  const output = execFileSync(node, [import.meta.filename, 'scalev'], { encoding: 'utf8' });
  return { 'prepared over JSON.stringify and HMAC': Number(output.split(/\s+/)[1]) };
}

if (process.argv[1] === import.meta.filename) {
  const [wanted] = process.argv.slice(2);
  const ratios = [];
  for (const provider of await everyProvider()) {
    if (wanted && provider.name !== wanted) continue;
    const { next, bare, isSlow } = await sidesOf(provider);
    ratios.push({ name: provider.name, ratio: cpuRatio(next, bare, isSlow ? { batches: 9, calls: 40 } : {}) });
  }
  ratios.sort((a, b) => b.ratio - a.ratio);
  for (const { name, ratio } of ratios) console.log(name.padEnd(20), ratio.toFixed(2));
}
