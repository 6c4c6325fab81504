import type { Judge } from '../judge.js';
import { load } from '../packages.js';

type Auth = { consumer_secret: string };
type Package = {
  validateSignature(headers: object, auth: Auth, body: string): boolean;
  validateWebhook(token: string, auth: Auth): object;
};
const loadPackage = async () => (await load<{ default: Package }>('twitter-autohook')).default;

export const judge: Judge = {
  verify: async ({ text, incoming }, { secret }) => {
    const autohook = await loadPackage();
    return autohook.validateSignature(incoming.headers, { consumer_secret: secret }, text);
  },
  handshake: async ({ incoming }, { secret }) => {
    const token = new URL(incoming.url ?? '/', 'http://localhost').searchParams.get('crc_token');
    if (incoming.method !== 'GET' || token === null) return undefined;
    return (await loadPackage()).validateWebhook(token, { consumer_secret: secret });
  },
};
