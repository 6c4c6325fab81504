/** Writes docs/catalogue.md, and the table of the README: the providers that ship, from their descriptions. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');

/** The text of docs/catalogue.md. */
export async function cataloguePage(library = join(root, 'dist/index.js')) {
  const { listProviders } = await import(pathToFileURL(library).href);
  const providers = listProviders();
  const count = providers.reduce((sum, { events }) => sum + Object.keys(events).length, 0);
  const groups = [...new Set(providers.map(({ group }) => group))].sort();
  return `# Catalogue

\`\`\`sh
npx webhook-sim list
\`\`\`

${providers.length} providers with ${count} events ship with webhook-sim. \`webhook-sim list stripe\` lists the events of one, \`webhook-sim list --search refund\` searches all,
\`webhook-sim show stripe payment_intent.succeeded\` shows payload, headers and signature. Another is described in a file:
[Custom providers](providers.md).

**Proof** is what shows, outside of this project, that the signature is right: the vendor's own package accepts it and rejects a tampered one
(\`package\`), a published request with its signature (\`vector\`), or a recipe that somebody else's program computes from documents (\`documents\`).
**Payloads** are valid against the vendor's schema or types (\`schema\`), as its documents show them (\`documented\`), as recorded requests have them
(\`observed\`), or put together from what is known (\`inferred\`).
${groups
  .map((group) =>
    section(
      group,
      providers.filter((provider) => provider.group === group),
    ),
  )
  .join('')}`;
}

function section(group, providers) {
  const rows = providers.map((provider) => `| ${cells(provider).join(' | ')} |\n`);
  return `
## ${group[0].toUpperCase()}${group.slice(1)}

| provider | events | signature | handshake | policy | proof | payloads |
|---|---|---|---|---|---|---|
${rows.join('')}`;
}

function cells(provider) {
  const { name, title, docs, events, handshakes = [], proof = [] } = provider;
  const certainties = [...new Set(Object.values(events).map(({ certainty }) => certainty))];
  return [
    `[${title}](${docs}) (\`${name}\`)`,
    String(Object.keys(events).length),
    Object.values(provider.signatures).map(schemeWords).join('; ') ||
      (sendsSecret(provider) ? 'the secret itself' : 'none'),
    handshakes.map((handshake) => `\`${handshake.name}\``).join(', ') || '',
    policyWords(provider.policy),
    proof.map(({ kind, source }) => `${kind}: ${source}`).join('; '),
    certainties.join(', '),
  ].map((text) => text.replaceAll('|', '\\|').replaceAll('\n', '↵'));
}

function sendsSecret({ headers, fields, query, body }) {
  return JSON.stringify([headers, fields, query, body]).includes('{secret}');
}

function schemeWords({ scheme, hash, encoding, content, algorithm }) {
  const over = content === undefined ? '' : ` over \`${content.length > 60 ? `${content.slice(0, 57)}…` : content}\``;
  switch (scheme) {
    case 'hmac':
      return `HMAC-${hash.toUpperCase()}${over}, ${encoding.toLowerCase()}`;
    case 'digest':
      return `${hash.toUpperCase()}${over}, ${encoding.toLowerCase()}`;
    case 'encoded':
      return `\`${content}\` in ${encoding.toLowerCase()}`;
    case 'jwt':
      return `JSON Web Token, ${algorithm}`;
    default:
      return `${scheme === 'ed25519' ? 'Ed25519' : scheme.toUpperCase()}${over}, ${encoding.toLowerCase()}`;
  }
}

function policyWords({ timeLimit, success, retry, disabling }) {
  const certain = ({ certainty }) => (certainty === 'documented' ? '' : ` (${certainty})`);
  return [
    ...(timeLimit ? [`${timeLimit.value}${certain(timeLimit)}`] : []),
    `${success.value}${certain(success)}`,
    ...(retry ? [`${retryWords(retry.value)}${certain(retry)}`] : []),
    ...(disabling ? [`${describeDisabling(disabling.value)}${certain(disabling)}`] : []),
  ].join(', ');
}

function retryWords({ max, for: total }) {
  if (max === 0) return 'no retries';
  if (max === undefined) return `retries for ${total}`;
  return `${max} retries${total === undefined ? '' : ` in ${total}`}`;
}

function describeDisabling({ afterConsecutiveFailures, afterFailing, on }) {
  const rules = [
    ...(afterConsecutiveFailures === undefined ? [] : [`after ${failureCount(afterConsecutiveFailures)}`]),
    ...(afterFailing === undefined ? [] : [`after ${afterFailing} without a success`]),
    ...(on === undefined ? [] : [`by ${on}`]),
  ];
  return `disabled ${rules.join(' or ')}`;
}

function failureCount(count) {
  return count === 1 ? 'a failure' : `${count} failures`;
}

/** The README with the names of all providers by group, and how many they and their events are. */
async function withProviders(readme, library = join(root, 'dist/index.js')) {
  const { listProviders } = await import(pathToFileURL(library).href);
  const providers = listProviders();
  const count = providers.reduce((sum, { events }) => sum + Object.keys(events).length, 0);
  const groups = [...new Set(providers.map(({ group }) => group))].sort((a, b) =>
    a.toLowerCase().localeCompare(b.toLowerCase()),
  );
  const rows = groups.map((group) => {
    const names = providers.filter((provider) => provider.group === group).map(({ name }) => `\`${name}\``);
    return `| ${group[0].toUpperCase()}${group.slice(1)} | ${names.sort().join(' ')} |\n`;
  });
  return readme
    .replace(/(\| group \| names \|\n\|---\|---\|\n)(?:\|.*\n)+/, (_, head) => head + rows.join(''))
    .replace(/\d+ providers with [\d,]+ events/, `${providers.length} providers with ${count} events`);
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(root, 'docs/catalogue.md'), await cataloguePage());
  const readme = join(root, 'README.md');
  writeFileSync(readme, await withProviders(readFileSync(readme, 'utf8')));
}
