import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { areInstalled, load } from './packages.js';

const secret = 'a-secret-of-the-test';

interface Twilio {
  validateRequest(token: string, signature: string, url: string, parameters: object): boolean;
}

describe.runIf(areInstalled)('the mode get of Twilio', () => {
  it('is accepted by its package, with the parameters in the query', async () => {
    const { default: twilio } = await load<{ default: Twilio }>('twilio');
    const server = await captureServer();
    const sent = await cli([
      'send',
      'twilio',
      'received',
      '--to',
      `${server.url}/sms`,
      '--mode',
      'get',
      '--secret',
      secret,
    ]);
    expect(sent).toMatchObject({ exitCode: 0 });
    const [request] = server.requests;
    const path = request!.requestLine.split(' ')[1]!;
    expect(request!.requestLine).toMatch(/^GET \/sms\?.*SmsStatus=received/);
    expect(request!.header('Content-Type')).toBeUndefined();
    const signature = request!.header('X-Twilio-Signature')!;
    expect(twilio.validateRequest(secret, signature, server.url + path, {})).toBe(true);
    expect(twilio.validateRequest(secret, signature, `${server.url}${path}x`, {})).toBe(false);
  });
});
