import https from 'node:https';
import { Readable } from 'node:stream';
import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text }, { publicKey }) => {
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
