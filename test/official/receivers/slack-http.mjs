// Bolt's HTTPReceiver, which verifies, answers and then calls the listeners.
import bolt from '@slack/bolt';

export async function receive({ secret }) {
  const receiver = new bolt.HTTPReceiver({ signingSecret: secret, logLevel: bolt.LogLevel.ERROR });
  return start(receiver);
}

/** Starts an app of Bolt that asks nothing of Slack. */
export async function start(receiver) {
  const authorize = async () => ({ botToken: 'xoxb-placeholder', botId: 'B01', botUserId: 'U01' });
  const app = new bolt.App({ authorize, receiver, logLevel: bolt.LogLevel.ERROR });
  app.event('app_mention', async () => {});
  app.error(async () => {});
  return app.start({ port: 0, host: '127.0.0.1' });
}
