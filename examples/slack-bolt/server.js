// Receives the events of Slack with Bolt.
import bolt from '@slack/bolt';
import express from 'express';

const signingSecret = process.env.SLACK_SIGNING_SECRET;
if (!signingSecret) throw new Error('Set SLACK_SIGNING_SECRET to the secret that you share with Slack.');

const path = '/slack/events';

/** The ids of events that came. In production: a table whose id is unique, shared by all processes. */
const received = new Set();

/** Before Bolt: takes an event once, and leaves nothing to Bolt that it would never answer. */
function takeOnce(request, response, next) {
  const body = Buffer.isBuffer(request.body) ? request.body.toString() : '';
  // The signature is over the bytes as they came: parse them only after it is verified.
  if (!bolt.isValidSlackRequest({ signingSecret, body, headers: request.headers })) return response.sendStatus(401);
  let event;
  try {
    event = JSON.parse(body);
  } catch {
    return response.sendStatus(400);
  }
  if (typeof event?.type !== 'string') return response.sendStatus(400);
  // Slack sends what it had no answer to three times more, under the same id.
  if (received.has(event.event_id)) return response.json({ duplicate: true });
  if (event.event_id) received.add(event.event_id);
  // Bolt takes the bytes from here.
  request.rawBody = request.body;
  next();
}

const web = express();
web.post(path, express.raw({ type: '*/*', limit: '2mb' }), takeOnce);

const receiver = new bolt.ExpressReceiver({ signingSecret, endpoints: path, app: web });
const app = new bolt.App({
  receiver,
  // With a bot token Bolt would ask Slack who the bot is when it starts.
  authorize: async () => ({ botToken: process.env.SLACK_BOT_TOKEN, botId: 'B01KEDAI', botUserId: 'U01KEDAI' }),
});

/** Orders, by the message that they were given in. */
const orders = new Map();

// Bolt answers first and calls these then: Slack waits 3 seconds. An event that nobody handles is answered, too.
app.event('app_mention', async ({ event }) => {
  orders.set(`${event.channel} ${event.ts}`, event.text);
});
app.error(async (error) => console.error(error.message));

await app.start({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' });
