import { snakeCase } from '../samples/fieldContext.js';
import type { Specification, SpecifiedEvent } from './specification.js';

/** Finds the events of a specification by the names that a description has for them, which may be in another case. */
export function specifiedEvents({ events }: Specification): (name: string) => SpecifiedEvent | undefined {
  const exact = new Map(events.map((event) => [event.name, event]));
  const alike = new Map(events.map((event) => [snakeCase(event.name), event]));
  return (name) => exact.get(name) ?? alike.get(snakeCase(name));
}
