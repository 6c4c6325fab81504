import type { Provider } from '../../src/core/provider.js';

const docs = 'https://docs.slack.dev/authentication/verifying-requests-from-slack';
const events = 'https://docs.slack.dev/apis/events-api';

/** Slack: a version in the signed text and in the header, the time in a header of its own. */
export const slack = {
  name: 'slack',
  title: 'Slack',
  docs,
  flagship: 'app_mention',
  secret: { label: 'Signing Secret', env: ['SLACK_SIGNING_SECRET'], sample: 'slack-sample-secret' },
  method: 'POST',
  headers: [
    ['Content-Type', 'application/json'],
    ['X-Slack-Request-Timestamp', '{timestamp}'],
    ['X-Slack-Signature', 'v0={signature}'],
  ],
  values: { timestamp: { kind: 'time', format: 'unix-seconds' } },
  signatures: {
    signature: { scheme: 'hmac', hash: 'sha256', content: 'v0:{timestamp}:{body}', encoding: 'hex' },
  },
  dialect: 'js',
  verifiesOver: 'raw',
  eventAt: 'event.type',
  events: {
    app_mention: { title: 'App mention', trigger: 'Someone names the app in a message.', certainty: 'documented' },
  },
  stories: [],
  policy: {
    timeLimit: { value: '3s', certainty: 'documented', source: events },
    success: { value: '2xx', certainty: 'documented', source: events },
    retry: { value: { max: 3, delays: ['0s', '1m', '5m'] }, certainty: 'documented', source: events },
    resend: { value: ['values', 'signature'], certainty: 'inferred', source: events },
    disabling: null,
  },
} as const satisfies Provider;
