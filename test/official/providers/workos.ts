import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Construct = (request: { payload: unknown; sigHeader: string; secret: string }) => Promise<{ event?: string }>;
    type Client = new (key: string) => { webhooks: { constructEvent: Construct } };
    const { WorkOS } = await load<{ WorkOS: Client }>('@workos-inc/node');
    // The package takes what was parsed, and signs its text as JavaScript writes it.
    const payload: unknown = JSON.parse(text);
    await new WorkOS('sk_unused').webhooks.constructEvent({ payload, sigHeader: header('workos-signature'), secret });
    return true;
  },
  taken: {
    'appended-byte': 'the package signs what was parsed, and a blank at the end is no part of it',
    'reserialised-body': 'the same for other blanks',
    'false-header-last': 'Node joins both headers, and the first v1 counts',
  },
};
