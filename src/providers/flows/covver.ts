import type { Flow } from '../../core/flow.js';

/** The flows of Covver. Most of its payloads tell no time, so that the distances between the events are ours. */
export const covverFlows = [
  {
    name: 'order',
    title: 'A gift is ordered, confirmed by its vendor and sent',
    steps: [
      { event: 'OrderPlaced' },
      { event: 'OrderConfirmed', after: '3h' },
      { event: 'OrderFulfilled', after: '2d' },
    ],
  },
  {
    name: 'collection',
    title: 'A collection is made, gets a product that is hidden for a while, and is deleted',
    steps: [
      { event: 'CollectionCreated' },
      { event: 'ProductCreated', after: '20m' },
      { event: 'ProductUpdated', after: '5m' },
      { event: 'ProductHidden', after: '1d' },
      { event: 'ProductShown', after: '6h' },
      { event: 'CollectionUpdated', after: '1h' },
      { event: 'CollectionDeleted', after: '30d' },
    ],
  },
] as const satisfies readonly Flow[];
