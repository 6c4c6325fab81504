import { buildReporter, type Reporter, type TextStyle, type Writer } from '../shared/reporter.js';
import { ordersText } from './ordersText.js';
import { TimelineText } from './timeline.js';

/** Flows for people: a timeline of each, or its orderings. */
export function flowText(write: Writer, style: TextStyle): Reporter {
  const timeline = new TimelineText(write, style);
  const orders = ordersText(write, timeline, style);
  return buildReporter({
    flow: (event) => timeline.start(event),
    delivery(event) {
      if ('ordering' in event) orders(event);
      else if ('place' in event) timeline.delivery(event);
    },
    stopped: (event) => timeline.stopped(event),
    state: (event) => timeline.state(event),
    warning: (event) => timeline.warning(event),
    ordering: orders,
    orders,
    summary: (event) => timeline.summary(event),
  });
}
