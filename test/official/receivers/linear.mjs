// createHandler of LinearWebhookClient on node:http.
import { LinearWebhookClient } from '@linear/sdk/webhooks';

export function receive({ secret }) {
  const handler = new LinearWebhookClient(secret).createHandler();
  handler.on('Issue', () => {});
  return handler;
}
