import type { Writer } from '../shared/reporter.js';
import type { FlowReporter } from './flowReporter.js';
import { ordersText } from './ordersText.js';
import { type TimelineOptions, TimelineText } from './timeline.js';

/** Flows for people: a timeline of each, or its orderings. */
export function flowText(write: Writer, options: TimelineOptions): FlowReporter {
  const timeline = new TimelineText(write, options);
  const orders = ordersText(write, timeline, options);
  return {
    start: (flow) => timeline.start(flow),
    event(event) {
      if (event.type === 'warning') timeline.warning(event);
      else if (event.type === 'ordering' || event.type === 'orders' || 'ordering' in event) orders(event);
      else timeline.event(event);
    },
  };
}
