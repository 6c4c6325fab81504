/** Where a setting can come from, weakest first. */
export const layers = ['built-in', 'config', 'environment', 'flag'] as const;
export type Layer = (typeof layers)[number];

/** A value, and where it comes from in words: `--to`, `WEBHOOK_SIM_TARGET`, `webhook-sim.config.yaml: target`. */
export interface Given<T> {
  readonly value: T;
  readonly source: string;
}

/** The value in force. */
export interface Setting<T> extends Given<T> {
  readonly layer: Layer;
}

/** Takes the strongest of what the layers give: built-in < config < environment < flag. */
export function resolvePrecedence<T>(
  given: { readonly [L in Layer]?: Given<T> | undefined } & { 'built-in': Given<T> },
): Setting<T> {
  const layer = layers.findLast((candidate) => given[candidate] !== undefined) ?? 'built-in';
  return { ...(given[layer] ?? given['built-in']), layer };
}
