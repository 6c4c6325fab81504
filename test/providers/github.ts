import type { Provider } from '../../src/core/provider.js';

const docs = 'https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers';
const failures = 'https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries';

/** GitHub: two signatures of one body, and the event in a header only. */
export const github = {
  name: 'github',
  title: 'GitHub',
  docs,
  flagship: 'push',
  secret: { label: 'Secret', env: ['GITHUB_WEBHOOK_SECRET'], sample: 'github-sample-secret' },
  method: 'POST',
  headers: [
    ['X-GitHub-Delivery', '{delivery}'],
    ['X-Hub-Signature', 'sha1={sha1}'],
    ['X-Hub-Signature-256', 'sha256={sha256}'],
    ['User-Agent', 'GitHub-Hookshot/044aadd'],
    ['Content-Type', 'application/json'],
    ['X-GitHub-Event', '{event}'],
    ['X-GitHub-Hook-ID', '292430182'],
    ['X-GitHub-Hook-Installation-Target-ID', '79929171'],
    ['X-GitHub-Hook-Installation-Target-Type', 'repository'],
  ],
  values: { delivery: { kind: 'uuid4' } },
  signatures: {
    sha1: { scheme: 'hmac', hash: 'sha1', content: '{body}', encoding: 'hex' },
    sha256: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'hex' },
  },
  dialect: 'js',
  verifiesOver: 'raw',
  eventAt: null,
  events: {
    push: { title: 'Push', trigger: 'Commits are pushed to a branch or tag.', certainty: 'documented' },
    ping: { title: 'Ping', trigger: 'A webhook is created.', certainty: 'documented' },
  },
  stories: [],
  policy: {
    timeLimit: { value: '10s', certainty: 'documented', source: failures },
    success: { value: '2xx', certainty: 'documented', source: failures },
    retry: { value: { max: 0, delays: [] }, certainty: 'documented', source: failures },
    resend: { value: [], certainty: 'documented', source: failures },
    disabling: null,
  },
} as const satisfies Provider;
