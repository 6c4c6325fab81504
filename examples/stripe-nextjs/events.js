/** What came, by its id. In production: a table whose id is unique, shared by all processes. */
const events = new Map();

/** Keeps an event, and says whether it is the first of its id. */
export function keepOnce(id, event) {
  if (events.has(id)) return false;
  events.set(id, event);
  return true;
}
