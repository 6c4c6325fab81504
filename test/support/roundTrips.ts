import { Transport } from '../../src/transport/transport.js';
import { someDelivery } from './delivery.js';
import { polite, rudeServer } from './rude.js';

/** Gives everything else in this process the time of that many requests, one after the other, to another receiver. */
export async function roundTrips(count: number): Promise<void> {
  const { url, close } = await rudeServer(polite);
  const transport = new Transport();
  for (let i = 0; i < count; i++) await transport.send(someDelivery(url), 10_000);
  transport.close();
  await close();
}
