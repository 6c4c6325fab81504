/** A provider of one's own that is as it has to be, as the files of a project. */
export function acmeFiles(change: (acme: Acme) => void = () => {}): Record<string, string> {
  const acme = good();
  change(acme);
  const { description, samples, vectors, config, files } = acme;
  return {
    'webhook-sim.config.json': JSON.stringify(config),
    'webhooks/acme/provider.json': typeof description === 'string' ? description : JSON.stringify(description, null, 2),
    ...Object.fromEntries(
      Object.entries(samples).map(([name, body]) => [
        `webhooks/acme/events/${name}.json`,
        typeof body === 'string' ? body : JSON.stringify(body),
      ]),
    ),
    ...(vectors === null
      ? {}
      : { 'webhooks/acme/vectors.json': typeof vectors === 'string' ? vectors : JSON.stringify(vectors, null, 2) }),
    ...files,
  };
}

/** All that can be changed; loose, for what is wrong is wrong in any way. */
export interface Acme {
  // biome-ignore lint/suspicious/noExplicitAny: it is broken in all ways
  description: any;
  // biome-ignore lint/suspicious/noExplicitAny: it is broken in all ways
  samples: Record<string, any>;
  // biome-ignore lint/suspicious/noExplicitAny: it is broken in all ways
  vectors: any;
  // biome-ignore lint/suspicious/noExplicitAny: it is broken in all ways
  config: any;
  files: Record<string, string>;
}

function good(): Acme {
  const sample = (type: string) => ({
    id: 'evt_7c9d52f03a614c54',
    type,
    created_at: '2026-01-14T02:31:07Z',
    attempt: 0,
    data: { id: 'ord_1001', total: 4500 },
  });
  return {
    config: { providers: 'webhooks' },
    files: {},
    description: {
      name: 'acme',
      eventAt: 'type',
      headers: [
        ['Content-Type', 'application/json'],
        ['Acme-Signature', 't={timestamp},v1={signature}'],
      ],
      values: { timestamp: { kind: 'time', format: 'unix-seconds' }, order: { kind: 'field', path: 'data.id' } },
      signatures: {
        signature: { scheme: 'hmac', hash: 'sha256', content: '{timestamp}.{order}.{body}', encoding: 'hex' },
      },
      fields: [['attempt', { number: '{timestamp}' }]],
      events: { 'order.created': { variants: { gift: {} } }, 'order.paid': {} },
      identities: [
        {
          name: 'order',
          title: 'An order',
          events: ['order.created', 'order.paid'],
          ids: [{ kind: 'alphanumeric', path: 'id', prefix: 'evt_', deduplicates: true }],
          times: ['iso-seconds'],
          eventTime: ['created_at'],
        },
      ],
      flows: [{ name: 'purchase', title: 'A purchase', steps: [{ event: 'order.created' }, { event: 'order.paid' }] }],
    },
    samples: {
      'order.created': sample('order.created'),
      'order.created--gift': sample('order.created'),
      'order.paid': sample('order.paid'),
    },
    // Computed with: printf '%s' '1767225600.o1.{"attempt":1767225600,"data":{"id":"o1"}}' | openssl dgst -sha256 -hmac vector
    vectors: [
      {
        secret: 'vector',
        headers: {
          'Acme-Signature': 't=1767225600,v1=5e1a53339c5f6c32022c640277519928010e4d6fe3e47b800c2f27f36d448eac',
        },
        body: '{"attempt":1767225600,"data":{"id":"o1"}}',
      },
    ],
  };
}
