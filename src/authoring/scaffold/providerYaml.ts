import type { ProviderDescription } from '../../core/providerDescription.js';
import { writeYaml } from '../../documents/writeYaml.js';

type Key = keyof ProviderDescription;

/** The members of a new description, in order: the comment on each, and an example where it has no value. */
const members: readonly { readonly key: Key; readonly about: readonly string[]; readonly example?: string }[] = [
  { key: 'name', about: [] },
  { key: 'title', about: [], example: 'title: Acme' },
  { key: 'docs', about: [], example: 'docs: https://acme.example.com/docs/webhooks' },
  { key: 'spec', about: ['The specification from which webhook-sim ui takes its hints on fields.'] },
  {
    key: 'secret',
    about: [
      'Where the secret is found: environment variables, best first. Never the secret itself; deliveries are signed with an',
      'invented one (sample) where none is set. A shape warns of a secret that looks wrong.',
    ],
    example: 'secret:\n  env: [ACME_WEBHOOK_SECRET]',
  },
  { key: 'method', about: [], example: 'method: POST' },
  {
    key: 'headers',
    about: [
      'In the order and letter case in which they go on the wire. {event}, {secret}, {method}, {url}, the values and the',
      'signatures by their names stand for those of a delivery.',
    ],
  },
  {
    key: 'values',
    about: [
      'Made for each delivery: a time (unix-seconds, unix-millis, iso-seconds, …) or an id (uuid4, hex, alphanumeric, …); or',
      'read from it: kind field, a path of the body.',
    ],
    example: 'values:\n  timestamp: { kind: time, format: unix-seconds }',
  },
  {
    key: 'signatures',
    about: [
      'What is signed, and how: hmac, digest, encoded, ed25519, ecdsa, rsa or jwt. In the content, {body} stands for the bytes',
      'of the body. A request that was captured, in vectors.json next to this file, proves it.',
    ],
    example: 'signatures:\n  signature: { scheme: hmac, hash: sha256, content: "{body}", encoding: hex }',
  },
  {
    key: 'fields',
    about: ['Members of the body that each delivery fills; the samples have a place for them.'],
    example: 'fields:\n  - [sent_at, "{timestamp}"]',
  },
  { key: 'query', about: [], example: 'query:\n  - [source, acme]' },
  {
    key: 'dialect',
    about: [
      'How the JSON of the samples is written on the wire: js, pretty, ascii, python, go, ruby, rails or php; or a form.',
    ],
    example: 'dialect: js',
  },
  { key: 'verifiesOver', about: [] },
  { key: 'freshness', about: [] },
  { key: 'keyUrl', about: [] },
  { key: 'eventAt', about: ["Where the body contains the event's name."], example: 'eventAt: type' },
  { key: 'wire', about: [] },
  { key: 'everyEvent', about: [] },
  {
    key: 'events',
    about: [
      'Each has a sample in events/<event>.json, and one in events/<event>--<variant>.json for each variant. flows.yaml says',
      'in which order they come, for: webhook-sim flow',
    ],
  },
  {
    key: 'defaultEvent',
    about: ['The event that stands for the others where none is named; by default the first.'],
    example: 'defaultEvent: order.created',
  },
  {
    key: 'identities',
    about: [
      'Ids and times of the samples that are renewed. One that deduplicates is fresh in each delivery, the',
      'others where all are asked for (webhook-sim send --fresh all).',
    ],
    example: 'identities: []',
  },
  { key: 'flows', about: [] },
  { key: 'handshakes', about: ['What comes before the first delivery.'], example: 'handshakes: []' },
  {
    key: 'policy',
    about: ['What happens when a delivery fails; what is not said is as with most providers.'],
    example:
      'policy:\n  timeLimit: 10s\n  success: 2xx\n  retry: { max: 3, delays: [1m, 10m, 1h] }\n  resend: [times, signature]',
  },
  { key: 'samples', about: [] },
];

/** The text of a new description in YAML, with comments on its other keys. */
export function providerYaml(description: ProviderDescription, schema: string): string {
  const known = members.map(({ key }) => key);
  const others = (Object.keys(description) as Key[]).filter((key) => !known.includes(key) && key !== '$schema');
  const blocks = [...members, ...others.map((key) => ({ key, about: [], example: undefined }))].flatMap(
    ({ key, about, example }) => {
      const comment = about.map((line) => `# ${line}\n`).join('');
      if (description[key] !== undefined) return `${gap(key)}${comment}${writeYaml({ [key]: description[key] })}`;
      if (example === undefined) return [];
      return `${gap(key)}${comment}${adaptExample(example, description).replaceAll(/^/gm, '# ')}\n`;
    },
  );
  return `# yaml-language-server: $schema=${schema}
# How ${description.name} sends its webhooks. See whether it holds: webhook-sim provider test ${description.name}

${blocks.join('')}`;
}

/** An example as it would be for this provider. */
function adaptExample(example: string, { name, events }: ProviderDescription): string {
  const [event = 'order.created'] = Array.isArray(events) ? events : Object.keys(events);
  return example
    .replace('Acme', name.slice(0, 1).toUpperCase() + name.slice(1))
    .replace('acme', name)
    .replace('order.created', event);
}

/** Returns the gap above a member; the members that belong to the name follow it directly. */
function gap(key: Key): string {
  return key === 'name' || key === 'title' || key === 'docs' ? '' : '\n';
}
