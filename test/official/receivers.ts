/** A crash of a package itself, which no code around it prevents: the cases that show it, and the findings that `check` names. */
export interface KnownFinding {
  readonly cases: readonly string[];
  readonly findings: readonly string[];
  readonly why: string;
}

/** The command of a receiver that is no JavaScript, and a proof that it can be run. */
export interface ForeignProgram {
  readonly run: readonly [program: string, ...args: string[]];
  readonly proof: readonly [program: string, ...args: string[]];
}

/** A receiver that does with a provider's official package what its documents show. */
export interface OfficialReceiver {
  readonly provider: string;
  /** The file of `receivers/` that holds it; with its ending, of `idioms/`. */
  readonly file: string;
  readonly program?: ForeignProgram;
  /** The package, or whose documented recipe it is. */
  readonly by: string;
  readonly path: string;
  /** Whether it was told the address that the provider knows, and does not take that of the request. */
  readonly isTold?: true;
  /** Findings about the package, and not about this receiver. */
  readonly knownFindings?: readonly KnownFinding[];
}

/** Receivers with official packages: at least one for each of the example providers. */
export const officialReceivers: readonly OfficialReceiver[] = [
  { provider: 'adyen', file: 'adyen', by: '@adyen/api-library', path: '/webhooks/notifications' },
  { provider: 'aws-sns', file: 'aws-sns', by: 'sns-validator', path: '/sns' },
  { provider: 'chargebee', file: 'chargebee', by: 'chargebee', path: '/chargebee/webhooks' },
  {
    provider: 'discord',
    file: 'discord',
    by: 'discord-interactions',
    path: '/events',
    knownFindings: [
      {
        cases: ['malformed-json'],
        findings: ['receiver-died'],
        why: 'the middleware parses in a promise that nobody awaits, so that malformed JSON ends the process',
      },
      { cases: ['empty-body'], findings: ['receiver-died'], why: 'and so does an empty body' },
    ],
  },
  {
    provider: 'github',
    file: 'github',
    by: '@octokit/webhooks',
    path: '/api/github/webhooks',
    knownFindings: [
      {
        cases: ['null-body'],
        findings: ['crash-on-unknown-shape'],
        why: 'the middleware answers 500 to a body of null',
      },
      {
        cases: ['text-body'],
        findings: ['receiver-died'],
        why: 'a body that is a text makes an error without a list of errors, which ends the process',
      },
    ],
  },
  {
    provider: 'github',
    file: 'github-verify',
    by: '@octokit/webhooks',
    path: '/webhook',
    knownFindings: [
      { cases: ['empty-body'], findings: ['crash-on-empty-body'], why: 'verify throws for an empty body' },
    ],
  },
  { provider: 'gitlab', file: 'gitlab', by: "GitLab's documents", path: '/gitlab' },
  { provider: 'hubspot', file: 'hubspot', by: '@hubspot/api-client', path: '/webhook', isTold: true },
  { provider: 'hubspot', file: 'hubspot-v1', by: '@hubspot/api-client', path: '/webhook' },
  { provider: 'line', file: 'line', by: '@line/bot-sdk', path: '/webhook' },
  { provider: 'linear', file: 'linear', by: '@linear/sdk', path: '/' },
  { provider: 'mailgun', file: 'mailgun', by: "Mailgun's documents", path: '/mailgun' },
  { provider: 'paddle', file: 'paddle', by: '@paddle/paddle-node-sdk', path: '/webhooks' },
  { provider: 'plaid', file: 'plaid', by: "Plaid's documents with jose", path: '/plaid' },
  { provider: 'razorpay', file: 'razorpay', by: 'razorpay', path: '/webhook' },
  { provider: 'sendgrid', file: 'sendgrid', by: '@sendgrid/eventwebhook', path: '/sendgrid/webhook' },
  { provider: 'shopify', file: 'shopify', by: '@shopify/shopify-api', path: '/webhooks' },
  { provider: 'shopify', file: 'shopify-validate', by: '@shopify/shopify-api', path: '/webhooks' },
  {
    provider: 'slack',
    file: 'slack-http',
    by: '@slack/bolt',
    path: '/slack/events',
    knownFindings: [
      {
        cases: ['null-body'],
        findings: ['receiver-died'],
        why: 'the receiver reads a member of null in a promise that nobody awaits, which ends the process',
      },
      {
        cases: ['empty-object', 'array-body', 'text-body'],
        findings: ['crash-on-unknown-shape'],
        why: 'what is no event is answered after 3 s, when Slack has given up',
      },
    ],
  },
  {
    provider: 'slack',
    file: 'slack-express',
    by: '@slack/bolt',
    path: '/slack/events',
    knownFindings: [
      {
        cases: ['null-body', 'empty-object', 'array-body', 'text-body'],
        findings: ['crash-on-unknown-shape'],
        why: 'what is no event is answered with 500, or after 3 s, when Slack has given up',
      },
    ],
  },
  { provider: 'square', file: 'square', by: 'square', path: '/square', isTold: true },
  { provider: 'standard-webhooks', file: 'standard-webhooks', by: 'standardwebhooks', path: '/webhook' },
  { provider: 'standard-webhooks', file: 'svix', by: 'svix', path: '/webhook' },
  { provider: 'stripe', file: 'stripe', by: 'stripe', path: '/webhook' },
  { provider: 'twilio', file: 'twilio', by: 'twilio', path: '/message' },
  { provider: 'twilio', file: 'twilio-validate', by: 'twilio', path: '/message', isTold: true },
];

const python = (module: string): ForeignProgram => ({
  run: ['/usr/bin/python3', '-B'],
  proof: ['/usr/bin/python3', '-c', `import ${module}`],
});

const sinatra: ForeignProgram = { run: ['ruby'], proof: ['ruby', '-rsinatra/base', '-rpuma', '-e', ''] };
const starman: ForeignProgram = { run: ['perl'], proof: ['perl', '-MStarman::Server', '-MPlack', '-e', ''] };

/** Receivers in the usual way of other languages' frameworks. */
export const idiomaticReceivers: readonly OfficialReceiver[] = [
  {
    provider: 'stripe',
    file: 'fastapi_server.py',
    program: python('fastapi, uvicorn'),
    by: 'FastAPI',
    path: '/webhook',
  },
  { provider: 'slack', file: 'aiohttp_server.py', program: python('aiohttp'), by: 'aiohttp', path: '/webhook' },
  { provider: 'github', file: 'flask_server.py', program: python('flask'), by: 'Flask', path: '/webhook' },
  { provider: 'shopify', file: 'sinatra.rb', program: sinatra, by: 'Sinatra', path: '/webhook' },
  { provider: 'razorpay', file: 'starman.pl', program: starman, by: 'Plack', path: '/webhook' },
];
