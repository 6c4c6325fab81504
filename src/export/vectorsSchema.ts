const text = (description: string) => ({ type: 'string', description });
const textOrNull = (description: string) => ({ type: ['string', 'null'], description });

const publicKey = {
  type: 'object',
  required: ['signature', 'kind', 'pem'],
  properties: {
    signature: text("The name of the signature in the provider's description."),
    kind: { enum: ['ed25519', 'ec', 'rsa'], description: 'What kind of key it is.' },
    pem: text('SubjectPublicKeyInfo.'),
  },
};

const vector = {
  type: 'object',
  required: [
    ...['name', 'provider', 'event', 'variant', 'forge', 'problem', 'valid', 'secret', 'secretSource'],
    ...['secretFingerprint', 'publicKeys', 'now', 'timestamp', 'method', 'url', 'headers', 'success'],
  ],
  oneOf: [{ required: ['body'] }, { required: ['bodyBase64'] }],
  properties: {
    name: text('What it is called; no other vector of the document has the name.'),
    provider: text('Whose webhook it is.'),
    event: text("The provider's own name of the event."),
    variant: textOrNull('The form of the payload; null for the usual one.'),
    forge: textOrNull('The name of the forgery that it is; null for an honest delivery.'),
    problem: textOrNull('What is wrong with it, in a few words; null for an honest delivery.'),
    valid: { type: 'boolean', description: 'Whether a receiver has to accept it; it has to reject all others.' },
    secret: textOrNull(
      'What the delivery is signed with, a private key where publicKeys is not empty; null for a real one, not written.',
    ),
    secretSource: text('Where the secret came from: sample, env:NAME, file:PATH or a flag.'),
    secretFingerprint: { type: 'string', pattern: '^[0-9a-f]{8}$', description: 'Tells two secrets apart.' },
    publicKeys: { type: 'array', items: publicKey, description: 'What signatures of a key pair are verified with.' },
    now: { type: 'string', format: 'date-time', description: 'The time that the receiver has to assume.' },
    timestamp: { type: 'integer', description: 'The same time in Unix seconds.' },
    method: text('The method of the request.'),
    url: text('The address of the request.'),
    headers: {
      type: 'array',
      description: 'In the order and letter case of the wire; a name may be there twice. Latin-1.',
      items: {
        type: 'array',
        prefixItems: [{ type: 'string' }, { type: 'string' }],
        minItems: 2,
        maxItems: 2,
      },
    },
    body: text('The body: its bytes are those of the text in UTF-8.'),
    bodyBase64: text('In place of body where that is not UTF-8.'),
    success: text('The answers that the provider takes as success: 2xx, or statuses with commas between.'),
  },
};

/** The JSON Schema of the export `vectors`; it changes only by addition. */
export const vectorsSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Test vectors of webhook-sim',
  type: 'object',
  required: ['schemaVersion', 'type', 'provider', 'vectors'],
  properties: {
    schemaVersion: { const: 1 },
    type: { const: 'vectors' },
    provider: text('Whose webhooks they are.'),
    vectors: { type: 'array', items: vector },
  },
};
