// Bolt's ExpressReceiver.
import bolt from '@slack/bolt';
import { start } from './slack-http.mjs';

export async function receive({ secret }) {
  return start(new bolt.ExpressReceiver({ signingSecret: secret, logLevel: bolt.LogLevel.ERROR }));
}
