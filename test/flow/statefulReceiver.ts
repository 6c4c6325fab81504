import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** An order as a receiver keeps it. */
interface Order {
  status: string;
  at: string;
  paid: number;
  row: number;
}

/** A way to treat the next of BharatCart's order events. */
type Treatment = (order: Order, event: { event: string; timestamp: string; data: { amount?: number } }) => void;

const treatments = {
  /** Right: the event that happened last decides, and a payment is set and not added. */
  latest: (order, { event, timestamp, data }) => {
    if (data.amount !== undefined) order.paid = data.amount;
    if (timestamp <= order.at) return;
    order.status = event;
    order.at = timestamp;
  },
  /** Wrong: the event that came last decides. */
  overwriting: (order, { event, data }) => {
    if (data.amount !== undefined) order.paid = data.amount;
    order.status = event;
  },
  /** Wrong: a payment that comes twice is counted twice. */
  counting: (order, event) => {
    const { paid } = order;
    treatments.latest(order, event);
    order.paid = paid + (event.data.amount ?? 0);
  },
} satisfies Record<string, Treatment>;

export interface StatefulReceiver {
  readonly url: string;
  /** All orders in one list, which grows. */
  readonly listUrl: string;
}

/** A receiver with a state, at `GET /orders/<id>`, and under its id at `GET /orders-keyed/<id>`; each order has a row number that the receiver gives. Closed when the test ends. */
export async function statefulReceiver(
  kind: keyof typeof treatments,
  { delayMs = 0, broken = false } = {},
): Promise<StatefulReceiver> {
  const orders = new Map<string, Order>();
  const treat = (body: string) => {
    const event = JSON.parse(body);
    const id = event.data.orderId;
    const order = orders.get(id) ?? { status: 'none', at: '', paid: 0, row: orders.size + 1 };
    orders.set(id, order);
    treatments[kind](order, event);
  };
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      const [, isKeyed, path] = /^\/orders(-keyed)?\/?(.*)$/.exec(request.url!)!;
      const id = decodeURIComponent(path!);
      if (isKeyed) return response.end(JSON.stringify({ [id]: orders.get(id), links: [`/orders/${id}`] }));
      const found = id === '' ? [...orders].map(([key, order]) => ({ id: key, ...order })) : orders.get(id);
      if (broken) return response.writeHead(500).end('database is down');
      return response.writeHead(found ? 200 : 404).end(JSON.stringify(found ?? { error: 'not found' }));
    }
    const body = await textOf(request);
    if (delayMs > 0) setTimeout(treat, delayMs, body);
    else treat(body);
    response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, listUrl: `${url}/orders` };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
