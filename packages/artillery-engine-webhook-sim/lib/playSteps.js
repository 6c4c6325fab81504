import { flow, send } from 'webhook-sim';

/** Sends a fresh delivery each time. A receiver that answers is no error, whatever it answers; one that does not ends the virtual user. */
export function playSend({ next, templated, options }, { events, helpers }) {
  const change = (context) => ({
    set: Object.fromEntries(templated.map(([path, text]) => [path, helpers.template(text, context)])),
  });
  const one = async (context) => {
    const delivery = await (templated.length > 0 ? next(change(context)) : next());
    events.emit('counter', 'webhook.requests', 1);
    events.emit('rate', 'webhook.request_rate');
    return tell(await send(delivery, options), events);
  };
  return (context, callback) => {
    one(context).then((error) => callback(error, context), callback);
  };
}

/** Sends a whole flow each time, whose deliveries follow each other. */
export function playFlow({ options }, events) {
  const one = async () => {
    const { deliveries } = await flow(options);
    let failure = null;
    for (const ended of deliveries) {
      events.emit('counter', 'webhook.requests', 1);
      events.emit('rate', 'webhook.request_rate');
      const { status, error, timing } = ended.attempts.at(-1);
      failure ??= tell({ ...ended, status, error, timing }, events);
    }
    return failure;
  };
  return (context, callback) => {
    one().then((error) => callback(error, context), callback);
  };
}

/** Reports the result of a delivery to Artillery; returns the error where there was no answer, else null. */
function tell({ outcome, ok, status, error, timing, delivery }, events) {
  events.emit('counter', `webhook.outcomes.${outcome}`, 1);
  if (!ok) events.emit('counter', 'webhook.failed', 1);
  events.emit('counter', 'webhook.uploaded_bytes', delivery.body.length);
  if (error) return Object.assign(new Error(error.message), { code: error.code });
  events.emit('counter', `webhook.codes.${status}`, 1);
  events.emit('counter', 'webhook.responses', 1);
  events.emit('histogram', 'webhook.response_time', timing.totalMs);
  return null;
}
