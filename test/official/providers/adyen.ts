import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text }, { secret }) => {
    type Validator = { validateHMAC(item: object, key: string): boolean };
    const { hmacValidator: Validator } = await load<{ hmacValidator: new () => Validator }>('@adyen/api-library');
    const { notificationItems } = JSON.parse(text) as { notificationItems: { NotificationRequestItem: object }[] };
    return new Validator().validateHMAC(notificationItems[0]!.NotificationRequestItem, secret);
  },
  secret: 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90',
};
