import { createVerify } from 'node:crypto';
import https from 'node:https';
import { Readable } from 'node:stream';
import type { Judge } from '../judge.js';
import { load } from '../packages.js';

/**
 * The signed members of confirmations, by https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html; the package leaves out
 * Token of one of them.
 */
const signed = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];

function isSignedAsDocumented(text: string, certificate: string): boolean {
  const message = JSON.parse(text) as Record<string, string>;
  const content = signed.map((key) => `${key}\n${message[key]}\n`).join('');
  return createVerify('RSA-SHA256').update(content).verify(certificate, message.Signature!, 'base64');
}

export const judge: Judge = {
  verify: async ({ text }, { publicKey }) => {
    if (/"Type": "UnsubscribeConfirmation"/.test(text)) return isSignedAsDocumented(text, publicKey!.certificate);
    type Validator = { validate(message: string, done: (error: Error | null) => void): void };
    const { default: MessageValidator } = await load<{ default: new () => Validator }>('sns-validator');
    // The package fetches the certificate from Amazon, which has none of ours.
    const { get } = https;
    const answer = Object.assign(Readable.from([publicKey!.certificate]), { statusCode: 200 });
    https.get = ((_: string, done: (response: object) => void) => {
      done(answer);
      return { on: () => {} };
    }) as never;
    try {
      const error = await new Promise<Error | null>((resolve) => new MessageValidator().validate(text, resolve));
      return error === null;
    } finally {
      https.get = get;
    }
  },
};
