import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Header } from '../../src/core/delivery.js';
import { Transport } from '../../src/transport/transport.js';
import { slack } from '../providers/slack.js';
import { captureServer } from '../support/capture.js';
import { compileOne } from '../support/compile.js';

const token = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const visible = Array.from({ length: 0x100 - 0x21 }, (_, i) => String.fromCharCode(0x21 + i)).filter(
  (char) => char < '\x7f' || char > '\x9f',
);

/** Names that the transport writes itself or that frame the message. */
const taken = /^(host|connection|content-length|transfer-encoding|keep-alive|upgrade|expect|te|trailer)$/i;
const name = fc
  .string({ unit: fc.constantFrom(...token), minLength: 1, maxLength: 30 })
  .filter((text) => !taken.test(text));
const inner = fc.string({ unit: fc.constantFrom(...visible, ' ', '\t'), maxLength: 60 });
const value = fc
  .tuple(fc.constantFrom(...visible), inner, fc.constantFrom(...visible))
  .map(([first, middle, last]) => first + middle + last);

const transport = new Transport();
afterAll(() => transport.close());

describe('a list of headers', () => {
  it('arrives as it was given: names, values, letter case, order and repetitions', async () => {
    const server = await captureServer();
    const provider = { ...slack, headers: [], values: {}, signatures: {} };
    const lists = fc.array(fc.tuple(name, value), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(lists, fc.uint8Array({ maxLength: 50 }), async (headers: Header[], body) => {
        const delivery = compileOne({ provider, body, headers, url: server.url });
        expect(await transport.send(delivery, 5000)).toMatchObject({ status: 200, error: null });
        const request = server.requests.pop()!;
        const frame = ['host', 'connection', 'content-length'];
        expect(request.headers.filter(([received]) => !frame.includes(received))).toEqual(headers);
        expect(request.headers).toHaveLength(headers.length + frame.length);
        expect(request.body.equals(body)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
