// createNodeMiddleware of @octokit/webhooks on node:http, as its README shows.
import { createNodeMiddleware, Webhooks } from '@octokit/webhooks';

export function receive({ secret }) {
  const webhooks = new Webhooks({ secret });
  webhooks.onAny(() => {});
  return createNodeMiddleware(webhooks, { path: '/api/github/webhooks', log: { ...console, error() {}, debug() {} } });
}
